package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.ProductClass;
import org.junit.jupiter.api.Test;

class KafkaTest {

    @Test
    void everyOptionHasAMethodAndEveryMethodAnOption() {
        assertThat(ProductClass.of(Kafka.class).differences(new KafkaPlugin().options()))
                .isEmpty();
    }
}
