package io.millrace.cli.internal.command;

import picocli.CommandLine.Option;

/** What every command understands that answers something. */
public final class JsonOutputOption extends HelpOptions {

    @Option(names = "--json", description = "Write for a program: one JSON object per line.")
    private boolean json;

    /** Returns whether to write for a program. */
    public boolean json() {
        return json;
    }
}
