package io.millrace.cli.internal.slices;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.ReportFile;
import io.millrace.cli.internal.command.SparkOptions;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.PartitionGroups;
import io.millrace.slices.SliceLedger;
import io.millrace.slices.SliceResult;
import io.millrace.slices.SliceResult.Status;
import io.millrace.slices.SliceRules;
import io.millrace.slices.SlicedRequest;
import io.millrace.slices.SlicedResult;
import io.millrace.slices.SlicedRunner;
import io.millrace.spi.Slice;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * A run of a pipegraph for many slices.
 *
 * @param requests says which slices are to be run; it may ask the inputs for that
 * @param again the command that goes on with what is not done
 */
public record SlicedRunWithReport(
        CommandEnvironment environment,
        PipegraphPlan plan,
        Function<SparkSession, SlicedRequest> requests,
        String again,
        boolean json) {

    public ExitCode run(SparkOptions spark, ProgressDisplay progress, ReportFile file) {
        progress.show("starting Spark");
        SparkSession session = spark.open(environment.sessions(), Map.of("spark.scheduler.mode", "FAIR"));
        SlicedRequest request = requests.apply(session);
        warn(environment, session, plan, request.slices(), progress);
        SliceReport report = report(environment, plan, json, again, file);
        String name = plan.pipegraph().name();
        try (SliceLedger ledger = SliceLedger.open(session, plan.sliceLedger(), name)) {
            SlicedRunner runner = new SlicedRunner(
                    session, plan, ledger, request, SliceRules.NONE, new SliceObserver(report, progress, session));
            environment.stopOnSignal(progress, "batches", runner::stop);
            SlicedResult result = runner.run();
            progress.hide();
            report.finished(result.slices(), List.of(), result.duration());
            return exit(result.slices());
        }
    }

    /** Runs slices within a command that goes on, and tells what became of each. */
    public static List<SliceResult> once(
            CommandEnvironment environment,
            SparkSession session,
            PipegraphPlan plan,
            SlicedRequest request,
            ProgressDisplay progress,
            boolean json,
            ReportFile file) {
        SliceReport report = report(environment, plan, json, "", file);
        try (SliceLedger ledger =
                SliceLedger.open(session, plan.sliceLedger(), plan.pipegraph().name())) {
            return new SlicedRunner(
                            session,
                            plan,
                            ledger,
                            request,
                            SliceRules.NONE,
                            new SliceObserver(report, progress, session))
                    .run()
                    .slices();
        }
    }

    static SliceReport report(
            CommandEnvironment environment, PipegraphPlan plan, boolean json, String again, ReportFile file) {
        String name = plan.pipegraph().name();
        Terminal terminal = environment.terminal();
        return new SliceReports(List.of(
                json ? new SliceLines(name, terminal.out()) : new SliceResultText(name, terminal, again),
                new SliceLines(name, file.out())));
    }

    /** Says what the inputs have that none of the runs reads, and what they lack. */
    public static void warn(
            CommandEnvironment environment,
            SparkSession session,
            PipegraphPlan plan,
            List<Slice> slices,
            ProgressDisplay progress) {
        Terminal terminal = environment.terminal();
        for (String warning : PartitionGroups.warnings(session, plan, slices)) {
            progress.hide();
            terminal.err().println(terminal.errorStyle().warning("warning: ") + warning);
        }
    }

    /** The first failure counts, then that it was stopped, then that others are at some. */
    static ExitCode exit(List<SliceResult> results) {
        for (SliceResult result : results) {
            if (result.failure() != null) {
                return ExitCode.of(result.failure().kind());
            }
        }
        if (results.stream().anyMatch(result -> result.status() == Status.STOPPED)) {
            return ExitCode.STOPPED;
        }
        if (results.stream().anyMatch(result -> result.status() == Status.HELD)) {
            return ExitCode.NOT_YET;
        }
        return ExitCode.OK;
    }
}
