package io.millrace.cli;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.FailureReport;
import io.millrace.cli.internal.command.FailureReport.StackTrace;
import io.millrace.cli.internal.compact.CompactCommand;
import io.millrace.cli.internal.demo.DemoCommand;
import io.millrace.cli.internal.letters.DlqCommand;
import io.millrace.cli.internal.pipegraph.CheckCommand;
import io.millrace.cli.internal.pipegraph.DescribeCommand;
import io.millrace.cli.internal.pipegraph.PlanCommand;
import io.millrace.cli.internal.pipegraph.RunCommand;
import io.millrace.cli.internal.products.BackupCommand;
import io.millrace.cli.internal.products.JobManagerCommand;
import io.millrace.cli.internal.products.ReplayCommand;
import io.millrace.cli.internal.products.SubmitCommand;
import io.millrace.cli.internal.slices.LateDataCommand;
import io.millrace.cli.internal.slices.SlicesCommand;
import io.millrace.cli.internal.sql.SqlCommand;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.cli.internal.workflow.WorkflowCommand;
import io.millrace.config.MillraceException;
import io.millrace.config.Suggestion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs commands. */
public final class CommandLineRunner {

    private final CommandEnvironment environment;
    private final Terminal terminal;

    CommandLineRunner(CommandEnvironment environment) {
        this.environment = environment;
        this.terminal = environment.terminal();
    }

    /** Runs one command; never throws for what a command does. */
    ExitCode run(List<String> arguments) {
        String called = arguments.isEmpty() ? "" : arguments.get(0);
        Map<String, Supplier<Object>> commands = commands();
        if (!called.isEmpty() && !called.startsWith("-") && !commands.containsKey(called)) {
            String message = "unknown command \"" + called + "\"; " + Suggestion.among(called, commands.keySet());
            return report(MillraceException.user(message), arguments);
        }
        CommandLine commandLine = commandLine(called, commands, arguments);
        int number = commandLine.execute(arguments.toArray(String[]::new));
        for (ExitCode code : ExitCode.values()) {
            if (code.number() == number) {
                return code;
            }
        }
        throw new IllegalStateException("exit code " + number);
    }

    /** Makes only the command that is called, where it is known: describing all of them takes time at every start. */
    private CommandLine commandLine(String called, Map<String, Supplier<Object>> commands, List<String> arguments) {
        CommandLine commandLine = new CommandLine(new MillraceCommand());
        if (commands.containsKey(called)) {
            commandLine.addSubcommand(commands.get(called).get());
        } else {
            commands.values().forEach(command -> commandLine.addSubcommand(command.get()));
        }
        PrintWriter out = new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8);
        return commandLine
                .setOut(out)
                .setErr(err)
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(terminal.style() == Style.COLOURED ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.max(60, Math.min(120, terminal.columns())))
                .setParameterExceptionHandler(
                        (wrong, given) -> report(misused(wrong), arguments).number())
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> report(failure, arguments).number());
    }

    private Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("check", () -> new CheckCommand(terminal));
        commands.put("plan", () -> new PlanCommand(environment));
        commands.put("run", () -> new RunCommand(environment));
        commands.put("submit", () -> new SubmitCommand(environment));
        commands.put("job-manager", () -> new JobManagerCommand(environment));
        commands.put("backup", () -> new BackupCommand(environment));
        commands.put("replay", () -> new ReplayCommand(environment));
        commands.put("workflow", () -> WorkflowCommand.with(environment));
        commands.put("slices", () -> new SlicesCommand(environment));
        commands.put("late-data", () -> LateDataCommand.with(environment));
        commands.put("sql", () -> new SqlCommand(environment));
        commands.put("dlq", () -> DlqCommand.with(environment));
        commands.put("compact", () -> new CompactCommand(environment));
        commands.put("demo", () -> new DemoCommand(environment, this::run));
        commands.put("describe", () -> new DescribeCommand(terminal));
        return commands;
    }

    private static MillraceException misused(ParameterException wrong) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        String message = String.valueOf(wrong.getMessage()).replaceFirst("^Error: ", "");
        if (wrong instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            String option = unmatched.getUnmatched().get(0);
            message = "unknown option " + option + "; "
                    + Suggestion.among(option, command.optionsMap().keySet());
        }
        return MillraceException.user(message + "; see " + command.qualifiedName() + " --help", wrong);
    }

    private ExitCode report(Throwable failure, List<String> arguments) {
        StackTrace stackTrace = arguments.contains("--stacktrace") ? StackTrace.SHOWN : StackTrace.HIDDEN;
        FailureReport report = new FailureReport(terminal, environment.log());
        return arguments.contains("--json") ? report.inJson(failure, stackTrace) : report.inText(failure, stackTrace);
    }
}
