package io.millrace.cli;

import io.millrace.plan.PipegraphPlan;
import io.millrace.run.ReplayRunner;
import io.millrace.run.RunResult;
import io.millrace.spi.Slice;
import io.millrace.spi.Source;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

@Command(
        name = "replay",
        description =
                "Send dead letters of an ETL (--etl) through it again: each once, whatever happens. Those that fail again are dead letters again."
                        + " A replay that was killed is continued by the next one, with the letters it had.")
final class DlqReplayCommand extends LettersCommand {

    DlqReplayCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void run(SparkSession session, PipegraphPlan plan, Map<String, Source> sources, ProgressDisplay progress) {
        RunReport report = json()
                ? new RunLines(plan, terminal().out())
                : new RunText(plan, terminal(), letters().pipegraph());
        ReplayRunner runner = new ReplayRunner(session, plan, sources, new RunObserver(report, progress, session));
        Optional<RunResult> result = runner.run(letters().filter());
        progress.hide();
        result.ifPresentOrElse(done -> report.finished(done, Slice.ALL), () -> {
            if (!json()) {
                terminal().out().println("no dead letter is left to be replayed");
            }
        });
    }
}
