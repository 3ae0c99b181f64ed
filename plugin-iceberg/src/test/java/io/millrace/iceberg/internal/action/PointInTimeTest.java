package io.millrace.iceberg.internal.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeTest {

    private static final Instant NOW = Instant.parse("2024-03-10T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            value = {
                "1706659200000 | 2024-01-31T00:00:00Z",
                "1706659200 | 2024-01-31T00:00:00Z",
                "2024-01-31T00:00:00Z | 2024-01-31T00:00:00Z",
                "2024-01-31T01:30:00+01:30 | 2024-01-31T00:00:00Z",
                "2024-01-31 09:00:00.500 | 2024-01-31T09:00:00.500Z",
                "2024-01-31 | 2024-01-31T00:00:00Z",
                "7d | 2024-03-03T12:00:00Z",
                "36 hours | 2024-03-09T00:00:00Z",
                "90m | 2024-03-10T10:30:00Z"
            },
            delimiter = '|')
    void readsTimesAndAges(String text, Instant expected) {
        assertThat(PointInTime.parse(text)).hasValueSatisfying(pointInTime -> assertThat(pointInTime.seenFrom(NOW))
                .isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "7 weeks", "-1d", "2024-13-01", "", "1e9"})
    void takesNothingElse(String text) {
        assertThat(PointInTime.parse(text)).isEmpty();
    }

    @Test
    void anAgeStaysAnAge() {
        assertThat(PointInTime.parse("1h").orElseThrow().seenFrom(NOW.plusSeconds(60)))
                .isEqualTo(Instant.parse("2024-03-10T11:01:00Z"));
    }
}
