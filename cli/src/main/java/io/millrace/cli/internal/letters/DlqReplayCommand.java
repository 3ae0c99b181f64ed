package io.millrace.cli.internal.letters;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.DetailOption;
import io.millrace.cli.internal.run.RunLines;
import io.millrace.cli.internal.run.RunObserver;
import io.millrace.cli.internal.run.RunReport;
import io.millrace.cli.internal.run.RunText;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.plan.PipegraphPlan;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.spi.Slice;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

@Command(
        name = "replay",
        description =
                "Send dead letters of an ETL (--etl) through it again: each once, whatever happens. Those that fail again are dead letters again."
                        + " A replay that was killed is continued by the next one, with the letters it had.")
final class DlqReplayCommand extends LettersCommand {

    DlqReplayCommand(CommandEnvironment environment) {
        super(environment);
    }

    @Override
    protected void run(SparkSession session, PipegraphPlan plan, ProgressDisplay progress) {
        RunReport report = json()
                ? new RunLines(plan, terminal().out())
                : new RunText(plan, terminal(), pipegraph(), DetailOption.Detail.SUMMARY);
        RunRequest request = RunRequest.replay(letters().filter());
        RunResult result =
                new PipegraphRunner(session, plan, request, new RunObserver(report, progress, session)).run();
        progress.hide();
        if (!result.etls().isEmpty()) {
            report.finished(result, Slice.ALL);
        } else if (!json()) {
            terminal().out().println("no dead letter is left to be replayed");
        }
    }
}
