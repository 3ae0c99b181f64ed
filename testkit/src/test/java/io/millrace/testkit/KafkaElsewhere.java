package io.millrace.testkit;

import io.millrace.broker.KafkaCluster;

/** Stands for a Kafka that runs somewhere else; nothing listens there. */
public final class KafkaElsewhere implements KafkaProvider {

    static final String ADDRESS = "elsewhere.invalid:9092";

    @Override
    public KafkaCluster start() {
        return new Running();
    }

    private record Running() implements KafkaCluster {

        @Override
        public String bootstrapServers() {
            return ADDRESS;
        }

        @Override
        public void close() {}
    }
}
