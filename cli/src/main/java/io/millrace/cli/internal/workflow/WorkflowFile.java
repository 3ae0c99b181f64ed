package io.millrace.cli.internal.workflow;

import io.millrace.Millrace;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.config.Problems;
import io.millrace.config.YamlReader;
import io.millrace.plan.PluginRegistry;
import io.millrace.workflow.WorkflowLoader;
import io.millrace.workflow.WorkflowPlan;
import io.millrace.workflow.WorkflowPlanner;
import io.millrace.workflow.WorkflowSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The workflows a command works on, and what the command line says about them. */
final class WorkflowFile {

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description =
                    "The workflow, in HOCON or YAML; or a folder, whose workflows are taken in the order of their names.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the command
    private Path file;

    @Option(
            names = "--depots",
            paramLabel = "FILE",
            description = "What the addresses in a workflow in YAML mean: its depots, in HOCON.")
    private @Nullable Path depots;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "The folder in which runs are noted, so that one that did not finish can be continued;"
                    + " wins over that of the workflow.")
    private @Nullable String state;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Set a value over the file, and over those of its jobs and depots, before substitutions;"
                    + " may be repeated.")
    private final Map<String, String> set = new LinkedHashMap<>();

    Map<String, String> set() {
        return Collections.unmodifiableMap(set);
    }

    /** Returns a command that works on the same workflows with the same settings, as the user would type it. */
    String command(String before) {
        StringBuilder command =
                new StringBuilder("millrace workflow ").append(before).append(' ');
        command.append(FormattedValues.argument(file));
        if (depots != null) {
            command.append(" --depots ").append(FormattedValues.argument(depots));
        }
        if (state != null) {
            command.append(" --state ").append(FormattedValues.argument(state));
        }
        return command.append(FormattedValues.settings(set)).toString();
    }

    /** Returns the plans, by file; everything that is wrong with any of them is thrown at once. */
    Map<Path, WorkflowPlan> plans() {
        WorkflowLoader loader = Millrace.workflows();
        WorkflowPlanner planner = new WorkflowPlanner(PluginRegistry.ofClassPath());
        List<Path> files = loader.files(file);
        WorkflowSettings settings = new WorkflowSettings(set, state, depots(files));
        Map<Path, WorkflowPlan> plans = new LinkedHashMap<>();
        Problems problems = new Problems();
        for (Path each : files) {
            try {
                plans.put(each, planner.plan(loader.load(each, settings)));
            } catch (MillraceException refused) {
                if (refused.problems().isEmpty()) {
                    throw refused;
                }
                refused.problems().forEach(problems::add);
            }
        }
        problems.throwIfAny();
        return plans;
    }

    private @Nullable ConfigDocument depots(List<Path> files) {
        if (depots == null) {
            return null;
        }
        if (files.stream().noneMatch(each -> YamlReader.isYaml(each.toString()))) {
            throw MillraceException.user("--depots says what addresses in YAML mean, and " + file
                    + " is in HOCON, which has none; leave it out");
        }
        return HoconReader.read(depots, set);
    }
}
