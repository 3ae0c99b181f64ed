package io.millrace.cli.internal.products;

import io.millrace.kafka.Kafka;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** A topic, and how its brokers are reached. */
final class TopicOptions {

    @Option(names = "--brokers", required = true, paramLabel = "HOST:PORT", description = "The brokers of the topic.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the command
    private String brokers;

    @Option(names = "--topic", required = true, paramLabel = "TOPIC", description = "The topic, which is there.")
    @SuppressWarnings("NullAway.Init") // picocli sets it, or refuses the command
    private String topic;

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "A setting of Kafka's clients, such as security.protocol=SSL; may be repeated.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    String brokers() {
        return brokers;
    }

    String topic() {
        return topic;
    }

    /** Returns the model of the topic. */
    Kafka model() {
        Kafka model = Kafka.topic(topic).bootstrapServers(brokers);
        settings.forEach(model::client);
        return model;
    }
}
