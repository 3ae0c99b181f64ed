package io.millrace.cli.internal.command;

import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.load.LoadedPipegraph;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file a command works on, and what the command line sets over it. */
public final class PipegraphFile {

    @Parameters(index = "0", paramLabel = "FILE", description = "The pipegraph, in HOCON.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the command
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Set a value over the file, before substitutions; may be repeated.")
    private final Map<String, String> set = new LinkedHashMap<>();

    public Path file() {
        return file;
    }

    /** Returns a command that works on the same file with the same settings, as the user would type it. */
    public String command(String before) {
        return "millrace " + before + " " + FormattedValues.argument(file) + FormattedValues.settings(set);
    }

    LoadedPipegraph load() {
        return PipegraphLoader.load(file, set);
    }

    /** Returns the plan; everything that is wrong with the file is thrown at once. */
    public PipegraphPlan plan() {
        return new Planner(PluginRegistry.ofClassPath()).plan(load());
    }
}
