package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionTest {

    private enum Mode {
        APPEND,
        AT_ONCE
    }

    private static final Option<String> PATH = Option.text("path").required("The folder.");
    private static final Option<Mode> MODE = Option.choice("mode", Mode.class).byDefault(Mode.AT_ONCE, "How.");
    private static final Option<Long> SIZE = Option.size("size").optional("How large.");
    private static final Option<Duration> PAUSE =
            Option.duration("pause").byDefault(Duration.ofMillis(1500), "How long.");
    private static final Option<List<String>> KEYS = Option.texts("keys").byDefault(List.of(), "Which.");
    private static final Option<Map<String, String>> OTHERS =
            Option.textMap("others").byDefault(Map.of(), "More.");
    private static final Option<String> TOKEN =
            Option.text("token").as("a token").secret().otherwise("none", "Who asks.");

    private final Problems problems = new Problems();

    private ConfigSection section(String text) {
        return HoconReader.parse("o.conf", text).root(problems);
    }

    @Test
    void anOptionIsDecodedAsItIsDeclared() {
        ConfigSection section =
                section("path = /in, mode = append, size = 1MB, pause = 2s, keys = [a], others { b.c = d }, token = t");

        assertThat(section.find(PATH)).contains("/in");
        assertThat(section.get(MODE)).isEqualTo(Mode.APPEND);
        assertThat(section.find(SIZE)).contains(1_000_000L);
        assertThat(section.get(PAUSE)).isEqualTo(Duration.ofSeconds(2));
        assertThat(section.get(KEYS)).containsExactly("a");
        assertThat(section.get(OTHERS)).containsEntry("b.c", "d");
        assertThat(section.find(TOKEN)).contains("t");
        assertThat(section.build(() -> "all keys are known")).isPresent();
    }

    @Test
    void whatIsNotWrittenIsAtItsDefaultOrMissing() {
        ConfigSection section = section("size = x, mode = never");

        assertThat(section.find(PATH)).isEmpty();
        assertThat(section.get(MODE)).isEqualTo(Mode.AT_ONCE);
        assertThat(section.find(SIZE)).isEmpty();
        assertThat(section.get(KEYS)).isEmpty();
        assertThat(section.find(TOKEN)).isEqualTo(Optional.empty());
        assertThat(problems.asList())
                .extracting(Problem::toString)
                .containsExactly(
                        "o.conf  path: is missing",
                        "o.conf:1:11  mode: unknown value \"never\"; known: append, at-once",
                        "o.conf:1:1  size: must be a size such as 128MB, not \"x\"");
    }

    @Test
    void anOptionDescribesItself() {
        assertThat(List.of(PATH, MODE, SIZE, PAUSE, KEYS, OTHERS, TOKEN))
                .extracting(each -> String.join("; ", each.name(), each.type(), each.standard(), each.meaning()))
                .containsExactly(
                        "path; text; required; The folder.",
                        "mode; append | at-once; at-once; How.",
                        "size; size; ; How large.",
                        "pause; duration; 1500ms; How long.",
                        "keys; list of texts; ; Which.",
                        "others; object of texts; ; More.",
                        "token; a token; none; Who asks. Shown nowhere.");
        assertThat(TOKEN.secret()).isTrue();
        assertThat(PATH.secret()).isFalse();
    }

    @Test
    void onlyAnOptionWithADefaultAlwaysHasAValue() {
        assertThatThrownBy(() -> section("").get(SIZE)).hasMessage("the option size has no default");
    }
}
