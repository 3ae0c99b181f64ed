package io.millrace.cli.internal.products;

import io.millrace.cli.internal.command.AtLeastOne;
import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.command.ReportFile;
import io.millrace.cli.internal.command.ReportOption;
import io.millrace.cli.internal.command.SparkOptions;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.kafka.jobs.JobManager;
import io.millrace.kafka.jobs.JobTopic;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs jobs that come by a topic. */
@Command(
        name = "job-manager",
        description =
                "Run the jobs that 'submit --type job-manager' sends, several at once, until a message or a signal (Ctrl-C, SIGTERM) asks to"
                        + " stop: jobs at hand are brought to their end first. What is no job, and a job that failed, goes to a topic of dead letters.")
public final class JobManagerCommand implements Callable<Integer> {

    private final CommandEnvironment environment;

    @Mixin
    private final JobTopicOptions jobs = new JobTopicOptions();

    @Option(
            names = "--dead-letter-topic",
            paramLabel = "TOPIC",
            description =
                    "Where messages go that are no job, and jobs that failed; the topic of jobs with -dead-letters, if nothing is said.")
    private @Nullable String deadLetters;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "Job managers of one group share the jobs; millrace-job-manager, if nothing is said.")
    private String group = "millrace-job-manager";

    @Option(
            names = "--max-concurrent",
            paramLabel = "NUMBER",
            description = "How many jobs may be going on at once; 3, if nothing is said.")
    private int maxConcurrent = 3;

    @Mixin
    private final ReportOption kept = new ReportOption();

    @Mixin
    private final SparkOptions spark = new SparkOptions();

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    /** Made for each call. */
    public JobManagerCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        jobs.require();
        AtLeastOne.check("--max-concurrent", maxConcurrent);
        try (ReportFile file = kept.open();
                ProgressDisplay progress = new ProgressDisplay(environment.terminal())) {
            return file.noting(() -> run(progress, file).number());
        }
    }

    private ExitCode run(ProgressDisplay progress, ReportFile file) {
        Terminal terminal = environment.terminal();
        progress.show("starting Spark");
        SparkSession session = spark.open(environment.sessions(), Map.of("spark.scheduler.mode", "FAIR"));
        try (JobTopic topic = jobs.open()) {
            String dead = deadLetters == null ? topic.name() + "-dead-letters" : deadLetters;
            ProductJobs runs = new ProductJobs(environment, session, progress, file, output.json());
            JobManager manager = new JobManager(topic, group, dead, maxConcurrent, runs);
            environment.stopOnSignal(progress, "jobs", manager::stop);
            progress.hide();
            if (!output.json()) {
                terminal.out().println("waiting for jobs of topic " + topic.name() + " at " + topic.brokers());
            }
            manager.run();
            return ExitCode.OK;
        }
    }
}
