package io.millrace.cli.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ValueTextTest {

    @Test
    void counts() {
        assertThat(ValueText.count(1, "row")).isEqualTo("1 row");
        assertThat(ValueText.count(1_204_000, "row")).isEqualTo("1,204,000 rows");
        assertThat(ValueText.batches(1)).isEqualTo("1 batch");
        assertThat(ValueText.batches(0)).isEqualTo("0 batches");
    }

    @Test
    void measures() {
        assertThat(ValueText.duration(Duration.ofMillis(449))).isEqualTo("0.4 s");
        assertThat(ValueText.duration(Duration.ofSeconds(42))).isEqualTo("42 s");
        assertThat(ValueText.duration(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
        assertThat(ValueText.bytes(999)).isEqualTo("999 bytes");
        assertThat(ValueText.bytes(3_140_000)).isEqualTo("3.1 MB");
        assertThat(ValueText.bytes(5_000_000_000_000_000L)).isEqualTo("5000.0 TB");
        assertThat(ValueText.duration(Duration.ofMinutes(127))).isEqualTo("2 h 07 min");
    }

    @Test
    void quotesForAShell() {
        assertThat(ValueText.argument("a/b-1.conf")).isEqualTo("a/b-1.conf");
        assertThat(ValueText.argument("it's here")).isEqualTo("'it'\\''s here'");
        assertThat(ValueText.argument("")).isEqualTo("''");
    }

    @Test
    void quotesForSql() {
        assertThat(ValueText.identifier("raw_1")).isEqualTo("raw_1");
        assertThat(ValueText.identifier("order-events")).isEqualTo("`order-events`");
    }
}
