package io.millrace.cli.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappedTextTest {

    @Test
    void wordsStayWhole() {
        assertThat(WrappedText.lines("    ", "one " + "x".repeat(71) + " two " + "y".repeat(90) + " three"))
                .containsExactly("    one " + "x".repeat(71), "      two", "      " + "y".repeat(90), "      three");
    }

    @Test
    void whatFitsStaysInALine() {
        assertThat(WrappedText.lines("  ", "x".repeat(78))).containsExactly("  " + "x".repeat(78));
    }
}
