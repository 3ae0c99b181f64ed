package io.millrace.cli.internal.products;

import io.millrace.config.MillraceException;
import io.millrace.kafka.jobs.JobTopic;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The topic by which jobs are handed over. */
final class JobTopicOptions {

    @Option(names = "--job-brokers", paramLabel = "HOST:PORT", description = "The brokers of the topic of jobs.")
    private @Nullable String brokers;

    @Option(names = "--job-topic", paramLabel = "TOPIC", description = "The topic of jobs.")
    private @Nullable String topic;

    @Option(
            names = "--job-kafka",
            paramLabel = "KEY=VALUE",
            description = "A setting of Kafka's clients, such as security.protocol=SSL; may be repeated.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    void require() {
        if (brokers == null || topic == null) {
            throw MillraceException.user(
                    "jobs are handed over by a topic; name it: --job-brokers HOST:PORT --job-topic TOPIC");
        }
    }

    void refuse(String option) {
        if (brokers != null || topic != null) {
            throw MillraceException.user(
                    "--job-brokers and --job-topic are for " + option + "; add it, or leave them out");
        }
    }

    JobTopic open() {
        require();
        return new JobTopic(String.valueOf(brokers), String.valueOf(topic), settings);
    }
}
