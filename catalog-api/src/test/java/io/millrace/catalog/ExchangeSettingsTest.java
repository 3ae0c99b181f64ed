package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import io.millrace.config.Problems;
import io.millrace.http.HttpRetries;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExchangeSettingsTest {

    private final Problems problems = new Problems();

    @Test
    void areAtTheirDefaultsWhereNothingIsSet() {
        assertThat(read("")).contains(ExchangeSettings.defaults());
        assertThat(read("plugin.microservice-catalog {}")).contains(ExchangeSettings.defaults());
        assertThat(read("plugin.microservice-catalog.exchange {}")).contains(ExchangeSettings.defaults());
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void areRead() {
        assertThat(
                        read(
                                """
                plugin.microservice-catalog.exchange {
                  connect-timeout = 1s, request-timeout = 2 minutes, retries = 0, retry-pause = 10ms,
                  poll-interval = 3s, poll-limit = 7
                }"""))
                .contains(new ExchangeSettings(
                        new HttpRetries(Duration.ofSeconds(1), Duration.ofMinutes(2), 0, Duration.ofMillis(10)),
                        Duration.ofSeconds(3),
                        7));
    }

    @Test
    void noteWhatIsWrong() {
        assertThat(
                        read(
                                "plugin.microservice-catalog.exchange { connect-timeout = soon, retry-pause = 0, poll-limit = 0 }"))
                .isEmpty();
        assertThat(problems.asList())
                .extracting(Problem::toString)
                .containsExactly(
                        "conf:1:40  plugin.microservice-catalog.exchange.connect-timeout: "
                                + "must be a duration such as 10s or 2 minutes, not \"soon\"",
                        "conf:1:64  plugin.microservice-catalog.exchange.retry-pause: must be longer than nothing",
                        "conf:1:81  plugin.microservice-catalog.exchange.poll-limit: "
                                + "must be a whole number from 1 to 2147483647, not 0");
    }

    @Test
    void refuseTheSameInJava() {
        assertThatThrownBy(() -> new HttpRetries(Duration.ZERO, Duration.ZERO, -1, Duration.ZERO))
                .isInstanceOf(MillraceException.class)
                .hasMessage(
                        """
                        connect-timeout: must be longer than nothing
                        request-timeout: must be longer than nothing
                        retry-pause: must be longer than nothing
                        retries: must be a whole number from 0 to 2147483647, not -1""");
        assertThatThrownBy(
                        () -> new ExchangeSettings(ExchangeSettings.defaults().retries(), Duration.ofSeconds(-1), 0))
                .isInstanceOf(MillraceException.class)
                .hasMessage(
                        """
                        poll-interval: must be longer than nothing
                        poll-limit: must be at least 1, not 0""");
    }

    private Optional<ExchangeSettings> read(String text) {
        return ExchangeSettings.of(HoconReader.parse("conf", text), problems);
    }
}
