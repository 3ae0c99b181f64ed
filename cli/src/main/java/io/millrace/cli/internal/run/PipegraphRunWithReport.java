package io.millrace.cli.internal.run;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.DetailOption.Detail;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.PipegraphFile;
import io.millrace.cli.internal.command.ReportFile;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.plan.PipegraphPlan;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan, shown while it goes on and when it has ended. A signal lets it stop after the batch at hand.
 *
 * @param pipegraph the file it is from, which commands that are proposed name; null where it is from none
 */
public record PipegraphRunWithReport(
        CommandEnvironment environment,
        PipegraphPlan plan,
        @Nullable PipegraphFile pipegraph,
        Detail detail,
        boolean json) {

    /** Runs it. */
    public ExitCode run(SparkSession session, RunRequest request, ProgressDisplay progress, ReportFile file) {
        Terminal terminal = environment.terminal();
        RunReport report = new RunReports(List.of(
                json ? new RunLines(plan, terminal.out()) : new RunText(plan, terminal, pipegraph, detail),
                new RunLines(plan, file.out())));
        PipegraphRunner runner =
                new PipegraphRunner(session, plan, request, new RunObserver(report, progress, session));
        environment.stopOnSignal(progress, "batch", runner::stop);
        RunResult result = runner.run();
        progress.hide();
        report.finished(result, request.slice());
        return result.etls().size() == plan.etls().size() ? ExitCode.OK : ExitCode.STOPPED;
    }
}
