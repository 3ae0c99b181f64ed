package io.millrace.cli.internal.pipegraph;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.DetailOption;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.command.PipegraphFile;
import io.millrace.cli.internal.command.ReportFile;
import io.millrace.cli.internal.command.ReportOption;
import io.millrace.cli.internal.command.SparkOptions;
import io.millrace.cli.internal.run.PipegraphRunWithReport;
import io.millrace.cli.internal.slices.SliceOptions;
import io.millrace.cli.internal.slices.SlicedRunOptions;
import io.millrace.cli.internal.slices.SlicedRunWithReport;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.config.MillraceException;
import io.millrace.plan.PipegraphPlan;
import io.millrace.run.RunRequest;
import io.millrace.run.RunRequest.Allowance;
import io.millrace.spi.Slice;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = "Run a pipegraph, or a slice of it. Streams run until they are asked to stop (Ctrl-C, SIGTERM):"
                + " the batch at hand is finished first; a second time stops at once.")
public final class RunCommand implements Callable<Integer> {

    private final CommandEnvironment environment;

    @Mixin
    private final PipegraphFile pipegraph = new PipegraphFile();

    @Mixin
    private final SliceOptions slice = new SliceOptions();

    @Mixin
    private final SlicedRunOptions sliced = new SlicedRunOptions();

    @ArgGroup
    private @Nullable Unfinished unfinished;

    @Option(
            names = "--accept-new-checkpoint",
            description =
                    "Let a stream begin anew on a table that holds its earlier commits; what it reads again is written again.")
    private boolean newCheckpoint;

    @Mixin
    private final ReportOption kept = new ReportOption();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final DetailOption details = new DetailOption();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    public RunCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    /** What to do about an earlier batch run of the same slice that did not finish. */
    static final class Unfinished {

        @Option(
                names = "--resume",
                description = "Continue the last run of this slice that did not finish; nothing is written twice.")
        private boolean resume;

        @Option(names = "--resume-run", paramLabel = "RUN", description = "Continue this run.")
        private @Nullable String run;

        @Option(
                names = "--new-run",
                description = "Leave a run that did not finish, and write everything as a new one.")
        private boolean fresh;

        RunRequest applied(RunRequest request) {
            if (run != null) {
                return request.resuming(run);
            }
            if (fresh) {
                return request.leavingUnfinished();
            }
            return resume ? request.resuming() : request;
        }
    }

    @Override
    public Integer call() {
        boolean many = sliced.wanted();
        if (many && (unfinished != null || newCheckpoint)) {
            throw MillraceException.user(
                    "--dates and --by-partition run each slice by what the ledger knows of it; leave --resume, --resume-run,"
                            + " --new-run and --accept-new-checkpoint out");
        }
        if (many) {
            sliced.check(slice.slice());
        }
        PipegraphPlan plan = pipegraph.plan();
        if (!many) {
            plan.requireUse(slice.slice());
        }
        try (ReportFile file = kept.open();
                ProgressDisplay progress = new ProgressDisplay(environment.terminal())) {
            return file.noting(() -> (many ? runMany(plan, progress, file) : run(plan, progress, file)).number());
        }
    }

    private ExitCode runMany(PipegraphPlan plan, ProgressDisplay progress, ReportFile file) {
        Slice asked = slice.slice();
        String again = pipegraph.command("run") + sliced.text(asked);
        return new SlicedRunWithReport(
                        environment, plan, session -> sliced.request(session, plan, asked), again, output.json())
                .run(spark, progress, file);
    }

    private ExitCode run(PipegraphPlan plan, ProgressDisplay progress, ReportFile file) {
        progress.show("starting Spark");
        SparkSession session = spark.open(environment.sessions());
        if (!slice.slice().equals(Slice.ALL)) {
            SlicedRunWithReport.warn(environment, session, plan, List.of(slice.slice()), progress);
        }
        return new PipegraphRunWithReport(environment, plan, pipegraph, details.detail(), output.json())
                .run(session, request(), progress, file);
    }

    private RunRequest request() {
        RunRequest request = RunRequest.of(slice.slice());
        if (unfinished != null) {
            request = unfinished.applied(request);
        }
        return newCheckpoint ? request.accepting(Allowance.NEW_CHECKPOINT) : request;
    }
}
