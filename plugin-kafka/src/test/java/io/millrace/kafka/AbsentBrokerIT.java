package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.TestModel;
import java.time.Duration;
import java.time.Instant;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Waits most of the time, so beside other classes. */
@Tag("thorough")
@ExtendWith(MillraceSession.class)
class AbsentBrokerIT {

    private final SparkSession spark;

    AbsentBrokerIT(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void aBrokerThatIsNotThereIsToldWithinHalfAMinute() {
        Instant start = Instant.now();

        assertThatThrownBy(() -> TestModel.of("bootstrap-servers = \"127.0.0.1:1\", topic = x")
                        .source(new KafkaPlugin())
                        .read(new ReadContext(spark, Slice.ALL)))
                .isInstanceOfSatisfying(MillraceException.class, silent -> assertThat(silent.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessage(
                        "no Kafka broker answers at 127.0.0.1:1 within 20 s; is it running, and can this machine reach"
                                + " the addresses it advertises?");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
        assertThatThrownBy(() -> TestModel.of("bootstrap-servers = \"no.such.host.invalid:1\", topic = x")
                        .source(new KafkaPlugin())
                        .read(new ReadContext(spark, Slice.ALL)))
                .hasMessage("Kafka at no.such.host.invalid:1 cannot be used: No resolvable bootstrap urls given in"
                        + " bootstrap.servers");
    }
}
