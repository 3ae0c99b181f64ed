package io.millrace.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFileRecordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [{"a":1},{"a":2}]           | {"a":1} ; {"a":2}
                    [ {"a":[1,2]} , {"a":"],"}] | {"a":[1,2]} ; {"a":"],"}
                    {"a":1}{"a":2} [{"a":3}]    | {"a":1} ; {"a":2} ; {"a":3}
                    {'a':'}'}                   | {'a':'}'}
                    [ ] {"a":1}                 | {"a":1}
                    [1, null, [2], "x,y"]       | 1 ; null ; [2] ; "x,y"
                    [{"a":1},{"a":x},{"a":3}]   | {"a":1} ; {"a":x} ; {"a":3}
                    [{"a":1} {"a":2},{"a":3}]   | {"a":1} {"a":2} ; {"a":3}
                    [{"a":1},,]                 | {"a":1} ; ` ; `
                    [{"a":1}}, {"a":2}]         | {"a":1}} ; {"a":2}
                    [{"a":1}] nothing           | {"a":1} ; nothing
                    {"a":1} } {"a":2}           | {"a":1} ; } {"a":2}
                    {"a":1                      | {"a":1
                    [{"a":1},{"a":"2},{"a":3}]  | {"a":1} ; {"a":"2},{"a":3}]
                    """)
    void recordsAreToldApart(String file, String records) {
        assertThat(records(file, 0)).containsExactly(records.replace("`", "").split(" ; ", -1));
        assertThat(records(file, 2)).containsOnly("null");
    }

    @Test
    void nothingButBlanksHoldsNoRecord() {
        assertThat(records("", 0)).isEmpty();
        assertThat(records(" \r\n\t", 0)).isEmpty();
        assertThat(records("[\n]\n", 0)).isEmpty();
    }

    @Test
    void recordsKnowTheLineTheyBeginIn() {
        String file = "[\n  {\n    \"a\": 1\n  },\n\n  {\"a\": 2}, {\"a\":\n3}\n]\n{\"a\": 4}";

        assertThat(records(file, 1)).containsExactly("2", "6", "6", "9");
    }

    @Test
    void whatIsNoListAndNoObjectEndsWithItsLine() {
        assertThat(records("{\"a\":1}\nx { y\n{\"a\":2}", 0)).containsExactly("{\"a\":1}", "x { y", "{\"a\":2}");
    }

    @Test
    void aListThatIsNotClosedIsSaidToBe() {
        String unclosed = "the file ends within its list: the ] is missing";

        assertThat(records("[{\"a\":1},{\"a\":2}\n", 0)).containsExactly("{\"a\":1}", "{\"a\":2}");
        assertThat(records("[{\"a\":1},{\"a\":2}\n", 2)).containsExactly("null", unclosed);
        assertThat(records("[{\"a\":1},\n", 0)).containsExactly("{\"a\":1}", "");
        assertThat(records("[{\"a\":1},\n", 2)).containsExactly("null", unclosed);
        assertThat(records("[", 2)).containsExactly(unclosed);
        assertThat(records("[{\"a\":1},{\"a\"", 2)).containsExactly("null", "null");
    }

    @Test
    void aByteOrderMarkIsNoText() {
        assertThat(records("\ufeff[{\"a\":1}]", 0)).containsExactly("{\"a\":1}");
    }

    private static List<String> records(String file, int field) {
        return JsonFileRecords.of(file.getBytes(StandardCharsets.UTF_8)).stream()
                .map(record -> record.get(field))
                .map(value -> value instanceof byte[] bytes
                        ? new String(bytes, StandardCharsets.UTF_8)
                        : String.valueOf(value))
                .toList();
    }
}
