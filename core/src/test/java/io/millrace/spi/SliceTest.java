package io.millrace.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Slice.Window;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SliceTest {

    private static final LocalDate DAY = LocalDate.of(2024, 1, 3);

    private static PartitionValues values(@Nullable String... namesAndValues) {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), Optional.ofNullable(namesAndValues[i + 1]));
        }
        return new PartitionValues(values);
    }

    static List<Slice> slices() {
        Window hour = new Window(LocalDateTime.of(2024, 1, 1, 6, 30), Duration.ofHours(1));
        return List.of(
                Slice.ALL,
                Slice.of(DAY),
                new Slice(DAY, List.of(3, 0, 3), null),
                new Slice(null, List.of(), hour),
                new Slice(DAY, List.of(1), hour, values("region", "eu")),
                Slice.of(values("event_time", "2024-01-03", "region", null)),
                Slice.of(values("a/b=c", "x, values=y=1/2", "ü", "100 % + \u0001{}")));
    }

    @ParameterizedTest
    @MethodSource("slices")
    void itsTextNamesIt(Slice slice) {
        assertThat(Slice.parse(slice.toString())).isEqualTo(slice);
    }

    @Test
    void textsAreThoseOfTheCommandLine() {
        assertThat(slices())
                .extracting(Slice::toString)
                .startsWith("all", "date=2024-01-03", "date=2024-01-03, partitions=0,3", "window=2024-01-01T06:30/PT1H")
                .contains(
                        "values=event_time=2024-01-03/region=__HIVE_DEFAULT_PARTITION__",
                        "values=a%2Fb%3Dc=x, values%3Dy%3D1%2F2/ü=100 %25 + %01%7B}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "date=2024-13-01", "partitions=x", "window=2024-01-01T00:00", "values=eu"})
    void otherTextsNameNone(String text) {
        assertThatThrownBy(() -> Slice.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void partitionsAreInTheOrderOfTheirTypes() {
        List<PartitionValues> sorted = List.of(
                values("n", null),
                values("n", "-3"),
                values("n", "2"),
                values("n", "10"),
                values("n", "2024-01-02"),
                values("n", "2024-01-10"),
                values("n", "eu"));

        assertThat(sorted.stream().sorted(java.util.Comparator.reverseOrder()).sorted())
                .isEqualTo(sorted);
        assertThat(Stream.of(values("d", "1", "r", "us"), values("d", "1", "r", "eu"), values("d", "0", "r", "us"))
                        .sorted())
                .containsExactly(values("d", "0", "r", "us"), values("d", "1", "r", "eu"), values("d", "1", "r", "us"));
    }

    @Test
    void valuesAreParametersByTheirColumns() {
        assertThat(Slice.of(values("region", "eu", "code", "007")).parameters())
                .containsExactly(Map.entry("region", "eu"), Map.entry("code", "007"));
    }
}
