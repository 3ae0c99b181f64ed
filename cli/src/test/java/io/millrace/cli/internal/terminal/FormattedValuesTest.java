package io.millrace.cli.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FormattedValuesTest {

    @Test
    void counts() {
        assertThat(FormattedValues.count(1, "row")).isEqualTo("1 row");
        assertThat(FormattedValues.count(1_204_000, "row")).isEqualTo("1,204,000 rows");
        assertThat(FormattedValues.batches(1)).isEqualTo("1 batch");
        assertThat(FormattedValues.batches(0)).isEqualTo("0 batches");
    }

    @Test
    void measures() {
        assertThat(FormattedValues.duration(Duration.ofMillis(449))).isEqualTo("0.4 s");
        assertThat(FormattedValues.duration(Duration.ofSeconds(42))).isEqualTo("42 s");
        assertThat(FormattedValues.duration(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
        assertThat(FormattedValues.bytes(999)).isEqualTo("999 bytes");
        assertThat(FormattedValues.bytes(3_140_000)).isEqualTo("3.1 MB");
        assertThat(FormattedValues.bytes(5_000_000_000_000_000L)).isEqualTo("5000.0 TB");
        assertThat(FormattedValues.duration(Duration.ofMinutes(127))).isEqualTo("2 h 07 min");
    }

    @Test
    void quotesForAShell() {
        assertThat(FormattedValues.argument("a/b-1.conf")).isEqualTo("a/b-1.conf");
        assertThat(FormattedValues.argument("it's here")).isEqualTo("'it'\\''s here'");
        assertThat(FormattedValues.argument("")).isEqualTo("''");
    }

    @Test
    void quotesForSql() {
        assertThat(FormattedValues.identifier("raw_1")).isEqualTo("raw_1");
        assertThat(FormattedValues.identifier("order-events")).isEqualTo("`order-events`");
    }
}
