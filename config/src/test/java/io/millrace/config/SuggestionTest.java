package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> KNOWN = List.of("saveMode", "keys", "ordering-expression", "output");

    @ParameterizedTest
    @CsvSource({
        "saveMod, saveMode",
        "savemode, saveMode",
        "SAVE_MODE, saveMode",
        "kyes, keys",
        "key, keys",
        "ordering_expresion, ordering-expression",
        "outputs, output",
        "ouptut, output"
    })
    void findsTheWordThatWasMeant(String written, String meant) {
        assertThat(Suggestion.nearest(written, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"trigger", "k", "mode"})
    void staysSilentWhereNothingIsNear(String written) {
        assertThat(Suggestion.nearest(written, KNOWN)).isEmpty();
    }

    @Test
    void takesTheNearestAndOfEquallyNearTheFirst() {
        assertThat(Suggestion.nearest("nam", List.of("game", "names", "name"))).contains("name");
        assertThat(Suggestion.nearest("bat", List.of("hat", "cat"))).contains("cat");
    }

    @Test
    void listsWhatIsKnown() {
        assertThat(Suggestion.among("kes", KNOWN))
                .isEqualTo("did you mean \"keys\"? (known: keys, ordering-expression, output, saveMode)");
        assertThat(Suggestion.among("trigger", List.of("b", "a"))).isEqualTo("known: a, b");
        assertThat(Suggestion.among("trigger", List.of())).isEqualTo("known: none");
    }
}
