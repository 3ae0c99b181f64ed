package io.millrace.kafka;

import io.millrace.broker.KafkaCluster;
import io.millrace.testkit.KafkaProvider;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The tests' Kafka in a container of its own, of the image that the system property {@code kafka.image} names. */
public final class KafkaInContainer implements KafkaProvider {

    @Override
    public KafkaCluster start() {
        DockerImageName image =
                DockerImageName.parse(System.getProperty("kafka.image")).asCompatibleSubstituteFor("apache/kafka");
        KafkaContainer container = new KafkaContainer(image).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        container.start();
        return new Running(container);
    }

    private record Running(KafkaContainer container) implements KafkaCluster {

        @Override
        public String bootstrapServers() {
            return container.getBootstrapServers();
        }

        @Override
        public void close() {
            container.stop();
        }
    }
}
