package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedWordsTest {

    private enum Otherwise {
        WARN,
        DEAD_LETTER
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dead-letter",
                "deadLetter",
                "DEAD_LETTER",
                "Dead-Letter",
                "deadletter",
                "DEADLETTER",
                " dead_letter "
            })
    void aWordIsReadInAnyCaseWithOrWithoutHyphens(String written) {
        assertThat(AllowedWords.kebab(Otherwise.class).find(written)).contains(Otherwise.DEAD_LETTER);
        assertThat(AllowedWords.camel(Otherwise.class).find(written)).contains(Otherwise.DEAD_LETTER);
        assertThat(AllowedWords.of(List.of("deadLetter", "warn")).find(written)).contains("deadLetter");
    }

    @Test
    void aWordThatIsNotKnownIsToldWithThoseThatAre() {
        AllowedWords<Otherwise> words = AllowedWords.camel(Otherwise.class);

        assertThat(words.find("dead letter")).isEmpty();
        assertThat(words.unknown("deadLeter"))
                .isEqualTo("unknown value \"deadLeter\"; did you mean \"deadLetter\"? (known: deadLetter, warn)");
        assertThat(words.unknown("perhaps")).isEqualTo("unknown value \"perhaps\"; known: deadLetter, warn");
    }
}
