package io.millrace.cli.internal.products;

import io.millrace.cli.internal.command.AtLeastOne;
import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.command.ReportFile;
import io.millrace.cli.internal.command.ReportOption;
import io.millrace.cli.internal.command.SparkOptions;
import io.millrace.cli.internal.slices.DateRange;
import io.millrace.cli.internal.slices.SliceOptions;
import io.millrace.cli.internal.slices.SlicedRunWithReport;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.config.MillraceException;
import io.millrace.kafka.jobs.JobMessage;
import io.millrace.kafka.jobs.JobTopic;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.PartitionGroups;
import io.millrace.slices.SlicedRequest;
import io.millrace.spi.Slice;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a data product, or hands it over to be run. */
@Command(
        name = "submit",
        description =
                "Run a data product for some days: all partitions of a day together, or several runs at once of a few partitions each;"
                        + " or hand these over to job managers. What is done already is skipped.")
public final class SubmitCommand implements Callable<Integer> {

    private final CommandEnvironment environment;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "CODE",
            description = "The data product: its code, such as wfs, or the class of its strategy.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the command
    private String model;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description =
                    "run-mode: one run for each day. via-partition: a run for each few partitions. job-manager: a message for each of"
                            + " these, for job managers. via-partition, if nothing is said.")
    private SubmitType type = SubmitType.VIA_PARTITION;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The pipegraph, in HOCON; without it, that of the data product.")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Set a value over the pipegraph, before substitutions; may be repeated.")
    private final Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--start-date",
            paramLabel = "DATE",
            converter = SliceOptions.Dates.class,
            description = "The first day, such as 2024-01-03.")
    private @Nullable LocalDate startDate;

    @Option(
            names = "--end-date",
            paramLabel = "DATE",
            converter = SliceOptions.Dates.class,
            description = "The last day; the first one, if nothing is said.")
    private @Nullable LocalDate endDate;

    @Option(
            names = "--partitions",
            paramLabel = "LIST",
            converter = SliceOptions.Partitions.class,
            description = "Partitions of the topic, such as 0,3,8-15; without it, those that the input has.")
    private SliceOptions.@Nullable PartitionList partitions;

    @Option(
            names = "--partitions-per-job",
            paramLabel = "NUMBER",
            description = "How many partitions one run takes together; 1, if nothing is said.")
    private int partitionsPerJob = 1;

    @Option(
            names = "--parallelisation",
            paramLabel = "NUMBER",
            description = "How many runs may be going on at once; 3, if nothing is said.")
    private int parallelisation = 3;

    @Option(names = "--again", description = "Run what is done already once more.")
    private boolean again;

    @Option(names = "--dry-run", description = "Show which files and partitions each run would take, and run nothing.")
    private boolean dryRun;

    @Mixin
    private final JobTopicOptions jobs = new JobTopicOptions();

    @Mixin
    private final ReportOption kept = new ReportOption();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    /** Made for each call. */
    public SubmitCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        checkNumbers();
        PipegraphPlan plan = new ProductPlan(model, config, set).plan();
        try (ReportFile file = kept.open();
                ProgressDisplay progress = new ProgressDisplay(environment.terminal())) {
            return file.noting(() -> submit(plan, progress, file).number());
        }
    }

    private ExitCode submit(PipegraphPlan plan, ProgressDisplay progress, ReportFile file) {
        if (dryRun || type == SubmitType.JOB_MANAGER) {
            progress.show("starting Spark");
            SparkSession session = spark.open(environment.sessions());
            List<Slice> slices = slices(session, plan);
            SlicedRunWithReport.warn(environment, session, plan, slices, progress);
            progress.hide();
            if (dryRun) {
                new DryRun(environment.terminal(), output.json()).show(session, plan, slices);
            } else {
                send(slices);
            }
            return ExitCode.OK;
        }
        return new SlicedRunWithReport(
                        environment,
                        plan,
                        session -> new SlicedRequest(slices(session, plan), parallelisation, again),
                        command(),
                        output.json())
                .run(spark, progress, file);
    }

    private void send(List<Slice> slices) {
        try (JobTopic topic = jobs.open()) {
            String file = config == null ? null : config.toAbsolutePath().toString();
            topic.send(slices.stream()
                    .map(slice -> new JobMessage(model, file, set, slice))
                    .toList());
            environment
                    .terminal()
                    .out()
                    .println(FormattedValues.count(slices.size(), "job") + " sent to topic " + topic.name() + " at "
                            + topic.brokers());
        }
    }

    private List<Slice> slices(SparkSession session, PipegraphPlan plan) {
        List<Slice> days = days();
        List<Integer> chosen = partitions == null ? List.of() : partitions.numbers();
        if (type != SubmitType.RUN_MODE) {
            return new PartitionGroups(chosen, partitionsPerJob).of(session, plan, days);
        }
        return chosen.isEmpty() ? days : new PartitionGroups(chosen, chosen.size()).of(session, plan, days);
    }

    private List<Slice> days() {
        if (startDate == null) {
            if (endDate != null) {
                throw MillraceException.user("--end-date needs --start-date, the first day");
            }
            return List.of(Slice.ALL);
        }
        return DateRange.of("--start-date", startDate, "--end-date", endDate).slices();
    }

    private void checkNumbers() {
        AtLeastOne.check("--parallelisation", parallelisation);
        AtLeastOne.check("--partitions-per-job", partitionsPerJob);
        if (type == SubmitType.JOB_MANAGER) {
            jobs.require();
        } else {
            jobs.refuse("--type job-manager");
        }
    }

    /** The command that goes on with what is not done. */
    private String command() {
        StringBuilder text = new StringBuilder("millrace submit --model " + model + " --type " + type);
        if (config != null) {
            text.append(" --config ").append(FormattedValues.argument(config));
        }
        text.append(FormattedValues.settings(set));
        if (startDate != null) {
            text.append(" --start-date ").append(startDate);
        }
        if (endDate != null) {
            text.append(" --end-date ").append(endDate);
        }
        if (partitions != null) {
            text.append(" --partitions ").append(partitions);
        }
        if (partitionsPerJob > 1) {
            text.append(" --partitions-per-job ").append(partitionsPerJob);
        }
        return text.toString();
    }
}
