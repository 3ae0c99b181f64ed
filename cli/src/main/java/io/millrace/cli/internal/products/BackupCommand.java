package io.millrace.cli.internal.products;

import io.millrace.cli.internal.command.AtLeastOne;
import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.DetailOption;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.command.ReportFile;
import io.millrace.cli.internal.command.ReportOption;
import io.millrace.cli.internal.command.SparkOptions;
import io.millrace.cli.internal.run.PipegraphRunWithReport;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.kafka.Decode;
import io.millrace.kafka.Kafka;
import io.millrace.model.Etl;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.model.Pipegraph;
import io.millrace.model.Trigger;
import io.millrace.plan.PipegraphPlan;
import io.millrace.product.Backup;
import io.millrace.product.Files;
import io.millrace.run.RunRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps a topic in files. */
@Command(
        name = "backup",
        description =
                "Write a topic into files by day and partition, each record once, until it is asked to stop (Ctrl-C, SIGTERM). Files are written"
                        + " when so many records are there, or after a time; the next backup goes on where this one ended.")
public final class BackupCommand implements Callable<Integer> {

    private static final String ONE_LINE =
            "value IS NOT NULL AND (NOT CAST(value AS STRING) RLIKE '[\\r\\n]' OR get_json_object(CAST(value AS STRING), '$') IS NOT NULL)";

    private final CommandEnvironment environment;

    @Mixin
    private final TopicOptions topic = new TopicOptions();

    @Option(names = "--path", required = true, paramLabel = "FOLDER", description = "The folder of the backup.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the command
    private String path;

    @Option(
            names = "--file-pattern",
            paramLabel = "PATTERN",
            description =
                    "How files are called; {partition}-{kafkaPartition}-{currentTimestamp}.json, if nothing is said.")
    private @Nullable String pattern;

    @Option(
            names = "--max-file-size",
            paramLabel = "SIZE",
            description = "How large a file may grow, before it is compressed; 100MB, if nothing is said.")
    private String maxFileSize = "100MB";

    @Option(
            names = "--max-file-age",
            paramLabel = "DURATION",
            description =
                    "How long records wait for others before they are written, such as 4h, which it is if nothing is said.")
    private String maxFileAge = "4h";

    @Option(
            names = "--min-records",
            paramLabel = "NUMBER",
            description =
                    "Write as soon as so many records are waiting, of all partitions; 1000000, if nothing is said.")
    private long minRecords = 1_000_000;

    @Option(names = "--gzip", description = "Compress the files.")
    private boolean gzip;

    @Option(names = "--once", description = "Write what there is, and end.")
    private boolean once;

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description = "Where it remembers how far it has come; _state below the backup, if nothing is said.")
    private @Nullable String state;

    @Mixin
    private final ReportOption kept = new ReportOption();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final DetailOption details = new DetailOption();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    /** Made for each call. */
    public BackupCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        AtLeastOne.check("--min-records", minRecords);
        PipegraphPlan plan = BackupPlans.plan(pipegraph());
        try (ReportFile file = kept.open();
                ProgressDisplay progress = new ProgressDisplay(environment.terminal())) {
            return file.noting(() -> run(plan, progress, file).number());
        }
    }

    private ExitCode run(PipegraphPlan plan, ProgressDisplay progress, ReportFile file) {
        progress.show("starting Spark");
        return new PipegraphRunWithReport(environment, plan, null, details.detail(), output.json())
                .run(spark.open(environment.sessions()), RunRequest.all(), progress, file);
    }

    private Pipegraph pipegraph() {
        Kafka records = topic.model().decode(Decode.binary());
        Backup files = BackupPlans.files(path, pattern).maxFileSize(maxFileSize);
        if (!once) {
            records.minOffsetsPerTrigger(minRecords, maxFileAge);
        }
        if (gzip) {
            files.option("compression", "gzip");
        }
        return Pipegraph.named("backup-of-" + topic.topic())
                .state(state == null ? path + "/_state" : state)
                .model("topic", records)
                .model("files", files)
                .model("kept-aside", Files.json(path + "/_dead-letters"))
                .etl(Etl.named("back-up")
                        .input("records", "topic")
                        .expect("one-line", ONE_LINE, Otherwise.DEAD_LETTER)
                        .output("files")
                        .deadLetters("kept-aside")
                        .trigger(once ? new Trigger.AvailableNow() : new Trigger.Continuous()))
                .build();
    }
}
