package io.millrace.cli.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.internal.terminal.Terminal.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void redrawsOneLineAndMovesItOutOfTheWay() {
        try (ProgressDisplay display = new ProgressDisplay(terminal(Progress.REDRAWN, 30), NEVER)) {
            display.show("starting");
            display.note("a note");
            display.show("a line that is wider than the terminal is");
        }

        assertThat(shown()).isEqualTo("\r<K>TIME  starting\r<K>a note\n\r<K>TIME  a line that is wider t\r<K>");
    }

    @Test
    void staysQuietWhereNobodyLooks() {
        try (ProgressDisplay display = new ProgressDisplay(terminal(Progress.LINES, Terminal.UNLIMITED), NEVER)) {
            display.show("starting");
            display.note("a note");
        }

        assertThat(shown()).isEqualTo("a note\n");
    }

    private Terminal terminal(Progress progress, int columns) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Terminal(stream, stream, Style.PLAIN, Style.PLAIN, progress, columns);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8).replace("\u001b[K", "<K>").replaceAll("\\d\\.\\d s", "TIME");
    }
}
