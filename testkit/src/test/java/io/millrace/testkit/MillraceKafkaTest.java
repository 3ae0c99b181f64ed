package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.KafkaBroker;
import io.millrace.broker.KafkaCluster;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MillraceKafka.class)
class MillraceKafkaTest {

    @Test
    void aProviderOnTheClassPathIsAsked(KafkaCluster kafka) {
        assertThat(kafka.bootstrapServers()).isEqualTo(KafkaElsewhere.ADDRESS);
    }

    @Test
    void theBrokerOfThisJvmIsThereAllTheSame(KafkaBroker broker) {
        String topic = MillraceKafka.topic("greetings");
        broker.createTopic(topic, 1);
        broker.send(topic, List.of("hello"));

        assertThat(broker.read(topic))
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .containsExactly("hello");
    }
}
