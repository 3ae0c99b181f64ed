package io.millrace.cli;

import io.millrace.plan.PipegraphPlan;
import io.millrace.run.ReplayRunner;
import io.millrace.run.RunResult;
import io.millrace.spi.Slice;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "replay",
        description =
                "Send dead letters of an ETL (--etl) through it again: each once, whatever happens. Those that fail again are dead letters again."
                        + " A replay that was killed is continued by the next one, with the letters it had.")
final class DlqReplayCommand implements Runnable {

    private final Surroundings surroundings;

    @Mixin
    private final LetterOptions letters = new LetterOptions();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    DlqReplayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void run() {
        PipegraphPlan plan = letters.pipegraph().plan();
        Terminal terminal = surroundings.terminal();
        try (ProgressDisplay progress = new ProgressDisplay(terminal)) {
            progress.show("starting Spark");
            SparkSession session = spark.open(surroundings.sessions());
            RunReport report = output.json()
                    ? new RunLines(plan, terminal.out())
                    : new RunText(plan, terminal, letters.pipegraph());
            ReplayRunner runner =
                    new ReplayRunner(session, plan, letters.sources(), new RunObserver(report, progress, session));
            Optional<RunResult> result = runner.run(letters.filter());
            progress.hide();
            result.ifPresentOrElse(done -> report.finished(done, Slice.ALL), () -> {
                if (!output.json()) {
                    terminal.out().println("no dead letter is left to be replayed");
                }
            });
        }
    }
}
