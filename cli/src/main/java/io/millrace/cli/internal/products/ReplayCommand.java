package io.millrace.cli.internal.products;

import io.millrace.cli.internal.command.AtLeastOne;
import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.command.ReportFile;
import io.millrace.cli.internal.command.ReportOption;
import io.millrace.cli.internal.command.SparkOptions;
import io.millrace.cli.internal.slices.DateRange;
import io.millrace.cli.internal.slices.SliceOptions;
import io.millrace.cli.internal.slices.SlicedRunWithReport;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.config.Fingerprint;
import io.millrace.kafka.Encode;
import io.millrace.model.Etl;
import io.millrace.model.Pipegraph;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.PartitionGroups;
import io.millrace.slices.SlicedRequest;
import io.millrace.spi.Slice;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends a backup into a topic. */
@Command(
        name = "replay",
        description =
                "Send the events of a backup into a topic, keyed as they were. Each day is sent once: a replay that was killed goes on with the days"
                        + " that are left, and sends the one it was at again, with the same header millrace-id on each record.")
public final class ReplayCommand implements Callable<Integer> {

    private final CommandEnvironment environment;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DATE",
            converter = SliceOptions.Dates.class,
            description = "The first day, such as 2024-01-03.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the command
    private LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            converter = SliceOptions.Dates.class,
            description = "The last day; the first one, if nothing is said.")
    private @Nullable LocalDate to;

    @Option(names = "--source", required = true, paramLabel = "FOLDER", description = "The folder of the backup.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the command
    private String source;

    @Option(
            names = "--file-pattern",
            paramLabel = "PATTERN",
            description =
                    "How its files are called; {partition}-{kafkaPartition}-{currentTimestamp}.json, if nothing is said.")
    private @Nullable String pattern;

    @Mixin
    private final TopicOptions topic = new TopicOptions();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "What records are keyed by: did, the device of an event; a path in its JSON, such as mid or context.sid; or an expression in SQL"
                            + " over its text, value. did, if nothing is said.")
    private String key = "did";

    @Option(
            names = "--partitions",
            paramLabel = "LIST",
            converter = SliceOptions.Partitions.class,
            description = "Send only the files of these partitions, such as 0,3,8-15, each partition once.")
    private SliceOptions.@Nullable PartitionList partitions;

    @Option(
            names = "--filter",
            paramLabel = "CONDITION",
            description = "Send only events for which this holds: a condition in SQL over the text of an event, value.")
    private @Nullable String filter;

    @Option(names = "--rate", paramLabel = "NUMBER", description = "How many records are sent in a second, at most.")
    private @Nullable Integer rate;

    @Option(
            names = "--max-concurrent",
            paramLabel = "NUMBER",
            description = "How many days, or partitions of them, are sent at once; 1, if nothing is said.")
    private int maxConcurrent = 1;

    @Option(names = "--again", description = "Send days once more that were sent already.")
    private boolean again;

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description = "Where it remembers what was sent; _replays below the backup, if nothing is said.")
    private @Nullable String state;

    @Mixin
    private final ReportOption kept = new ReportOption();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    /** Made for each call. */
    public ReplayCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<Slice> days = DateRange.of("--from", from, "--to", to).slices();
        AtLeastOne.check("--max-concurrent", maxConcurrent);
        if (rate != null) {
            AtLeastOne.check("--rate", rate);
        }
        PipegraphPlan plan = BackupPlans.plan(pipegraph());
        try (ReportFile file = kept.open();
                ProgressDisplay progress = new ProgressDisplay(environment.terminal())) {
            return file.noting(() -> new SlicedRunWithReport(
                            environment,
                            plan,
                            session -> request(session, plan, days),
                            "the same command once more",
                            output.json())
                    .run(spark, progress, file)
                    .number());
        }
    }

    private SlicedRequest request(SparkSession session, PipegraphPlan plan, List<Slice> days) {
        List<Slice> slices =
                partitions == null ? days : new PartitionGroups(partitions.numbers(), 1).of(session, plan, days);
        return new SlicedRequest(slices, maxConcurrent, again);
    }

    /** Replays into other topics, or of other events, are remembered apart. */
    private Pipegraph pipegraph() {
        String what =
                Fingerprint.of(String.join("\n", source, topic.brokers(), topic.topic(), key, String.valueOf(filter)));
        Etl.Builder etl = Etl.named("send").input("events", "files");
        if (filter != null) {
            etl.sql("chosen", "SELECT * FROM events WHERE " + filter);
        }
        if (rate != null) {
            etl.strategy(
                    "limited",
                    new RateLimit(),
                    new RateLimit.Configuration(filter == null ? "events" : "chosen", rate));
        }
        return Pipegraph.named("replay-" + topic.topic() + "-" + what)
                .state(Optional.ofNullable(state).orElse(source + "/_replays"))
                .model("files", BackupPlans.files(source, pattern))
                .model("topic", topic.model().key(EventKey.expression(key)).encode(Encode.string()))
                .etl(etl.output("topic"))
                .build();
    }
}
