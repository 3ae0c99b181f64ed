package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void counts() {
        assertThat(Words.count(1, "row")).isEqualTo("1 row");
        assertThat(Words.count(1_204_000, "row")).isEqualTo("1,204,000 rows");
        assertThat(Words.batches(1)).isEqualTo("1 batch");
        assertThat(Words.batches(0)).isEqualTo("0 batches");
    }

    @Test
    void measures() {
        assertThat(Words.duration(Duration.ofMillis(449))).isEqualTo("0.4 s");
        assertThat(Words.duration(Duration.ofSeconds(42))).isEqualTo("42 s");
        assertThat(Words.duration(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
        assertThat(Words.bytes(999)).isEqualTo("999 bytes");
        assertThat(Words.bytes(3_140_000)).isEqualTo("3.1 MB");
        assertThat(Words.bytes(5_000_000_000_000_000L)).isEqualTo("5000.0 TB");
        assertThat(Words.duration(Duration.ofMinutes(127))).isEqualTo("2 h 07 min");
    }

    @Test
    void quotesForAShell() {
        assertThat(Words.argument("a/b-1.conf")).isEqualTo("a/b-1.conf");
        assertThat(Words.argument("it's here")).isEqualTo("'it'\\''s here'");
        assertThat(Words.argument("")).isEqualTo("''");
    }

    @Test
    void quotesForSql() {
        assertThat(Words.identifier("raw_1")).isEqualTo("raw_1");
        assertThat(Words.identifier("order-events")).isEqualTo("`order-events`");
    }
}
