package io.millrace.cli.internal.slices;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.command.PipegraphFile;
import io.millrace.cli.internal.command.ReportFile;
import io.millrace.cli.internal.command.ReportOption;
import io.millrace.cli.internal.command.SparkOptions;
import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.config.MillraceException;
import io.millrace.latedata.DueSlice;
import io.millrace.latedata.DueSlice.Due;
import io.millrace.latedata.LateDataRequest;
import io.millrace.latedata.LateDataRequest.Backfills;
import io.millrace.latedata.LateDataResult;
import io.millrace.latedata.LateDataRunner;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description =
                "Run the slices that are due, several at once: new ones, those that failed, and those that changed after they were"
                        + " run. With --date or --dates, run these, whether they are done or not, and then what they find to be late."
                        + " Exit code 75 says that not all could be run yet.")
final class LateDataRunCommand implements Callable<Integer> {

    private final CommandEnvironment environment;

    @Mixin
    private final PipegraphFile pipegraph = new PipegraphFile();

    @Option(
            names = "--date",
            paramLabel = "DATE",
            converter = SliceOptions.Dates.class,
            description = "The date to run for, such as 2024-01-03.")
    private @Nullable LocalDate date;

    @Option(
            names = "--dates",
            paramLabel = "FIRST..LAST",
            converter = DateRange.Converter.class,
            description = "The dates to run for, such as 2024-01-03..2024-01-05.")
    private @Nullable DateRange dates;

    @Option(
            names = "--leave-backfills",
            description = "Note what is found to be late as waiting, and leave it to another command.")
    private boolean leave;

    @Option(
            names = "--reconcile",
            description =
                    "Where the table's log does not tell any more what has changed: look at the table anew, and run"
                            + " every slice once more that was done.")
    private boolean reconcile;

    @Mixin
    private final ReportOption kept = new ReportOption();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    LateDataRunCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (date != null && dates != null) {
            throw MillraceException.user("give --date or --dates, not both");
        }
        PipegraphPlan plan = pipegraph.plan();
        try (ReportFile file = kept.open();
                ProgressDisplay progress = new ProgressDisplay(environment.terminal())) {
            return file.noting(() -> run(plan, progress, file).number());
        }
    }

    private LateDataRequest request() {
        List<LocalDate> asked = dates != null ? dates.dates() : date != null ? List.of(date) : List.of();
        return new LateDataRequest(asked, leave ? Backfills.LEAVE : Backfills.RUN, reconcile);
    }

    private ExitCode run(PipegraphPlan plan, ProgressDisplay progress, ReportFile file) {
        progress.show("starting Spark");
        SparkSession session = spark.open(environment.sessions(), Map.of("spark.scheduler.mode", "FAIR"));
        SliceReport report =
                SlicedRunWithReport.report(environment, plan, output.json(), pipegraph.command("late-data run"), file);
        try (LateDataRunner runner = new LateDataRunner(session, plan, new SliceObserver(report, progress, session))) {
            environment.stopOnSignal(progress, "batches", runner::stop);
            LateDataResult result = runner.run(request());
            progress.hide();
            tellNotRun(plan, result, file);
            List<SliceResult> all = new ArrayList<>(result.slices());
            all.addAll(result.backfills());
            report.finished(all, result.left(), result.duration());
            ExitCode exit = SlicedRunWithReport.exit(all);
            return exit == ExitCode.OK && missing(result) ? ExitCode.NOT_YET : exit;
        }
    }

    /** Dates that are asked for, and cannot be run yet. */
    private boolean missing(LateDataResult result) {
        return !request().dates().isEmpty()
                && result.notRun().stream().anyMatch(each -> each.due() == Due.NOT_READY || each.due() == Due.ABSENT);
    }

    private void tellNotRun(PipegraphPlan plan, LateDataResult result, ReportFile file) {
        Terminal terminal = environment.terminal();
        List<DueSlice> notRun = result.notRun();
        JsonLines lines = new JsonLines(file.out());
        notRun.forEach(each -> lines.write(LateDataPlanCommand.fields(plan, each)));
        if (output.json()) {
            JsonLines out = new JsonLines(terminal.out());
            notRun.forEach(each -> out.write(LateDataPlanCommand.fields(plan, each)));
        } else {
            LateDataPlanCommand.lines(notRun, terminal.style()).forEach(terminal.out()::println);
        }
    }
}
