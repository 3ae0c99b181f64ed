package io.millrace.cli;

import java.util.List;

/** The command line's entry point. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        Cli cli = new Cli(Terminal.ofProcess(System.getenv()), LogFile.ofProcess());
        System.exit(cli.run(List.of(arguments)).number());
    }
}
