package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenNumberTest {

    private static final String SETTINGS =
            """
            text = %1$s
            list = [ %1$s ]
            map { "a.b" { c = %1$s } }
            again = ${text}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.10",
                "0815",
                "007",
                "1e3",
                "1E+3",
                "1.0",
                "-0",
                "-007",
                "0.1",
                "1.50",
                "0.00000001",
                "100000000.5",
                "5000000000",
                "9223372036854775808",
                "123456789012345678901234567890.10",
                "1e999",
                "1e999999999",
                "20240131"
            })
    void aTextIsTheNumberThatIsWritten(String number) {
        assertText(HoconReader.parse("conf", SETTINGS.formatted(number)), number);
        assertText(
                YamlReader.parse(
                                "conf",
                                "text: %1$s\nlist: [%1$s]\nmap: {a.b: {c: %1$s}}\nagain: %1$s".formatted(number))
                        .get(0),
                number);
    }

    private static void assertText(ConfigDocument document, String number) {
        Problems problems = new Problems();
        ConfigSection section = document.root(problems);

        assertThat(section.string("text")).isEqualTo(number);
        assertThat(section.string("again")).isEqualTo(number);
        assertThat(section.strings("list")).isEqualTo(List.of(number));
        assertThat(section.stringMap("map")).isEqualTo(Map.of("a.b.c", number));
        assertThat(document.config().getString("text")).isEqualTo(number);
        assertThat(problems.asList()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0x1F, 31", "0o17, 15", "1e3, 1000", "007, 7", "20.0, 20", "-5, -5", "5000000000, 5000000000"})
    void aWholeNumberIsFoundInEachSpelling(String written, long number) {
        for (String text : List.of("n: " + written, "n: \" " + written + " \"")) {
            Problems problems = new Problems();

            assertThat(YamlReader.parse("conf", text).get(0).root(problems).optionalLong("n"))
                    .contains(number);
            assertThat(HoconReader.parse("conf", text).root(problems).optionalLong("n"))
                    .contains(number);
            assertThat(HoconReader.parse("conf", text).root(problems).optionalDouble("n"))
                    .contains((double) number);
            assertThat(problems.asList()).isEmpty();
        }
    }

    @Test
    void aNumberOfSoManyZerosIsNone() {
        Problems problems = new Problems();
        ConfigSection section = HoconReader.parse("conf", "n = 1e999999999").root(problems);

        assertThat(section.optionalLong("n")).isEmpty();
        assertThat(section.optionalDouble("n")).isEmpty();
        assertThat(problems.asList())
                .hasToString("[conf:1:1  n: must be a whole number, not \"1e999999999\","
                        + " conf:1:1  n: must be a number, not \"1e999999999\"]");
    }

    @Test
    void whatIsWrittenAsJavaWouldWriteItIsANumberForWhoeverLooksAtTheTree() {
        JsonNode tree = HoconReader.parse("conf", "n = [1, -2, 5000000000, 2.5, 1.10, 3.0]")
                .tree()
                .get("n");

        assertThat(tree).allMatch(JsonNode::isNumber).hasToString("[1,-2,5000000000,2.5,1.10,3.0]");
        assertThat(HoconReader.parse("conf", "n = [007, 1e3]").tree().get("n"))
                .allMatch(each -> each.getNodeType() == JsonNodeType.STRING);
    }

    @Test
    void whatTheCommandLineSetsIsTakenAsItIsWritten(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.conf"), "a = 1");
        ConfigDocument document = HoconReader.read(file, Map.of("a", "1.10", "b", "{ c = 0815, d = [007, 1e3] }"));

        assertThat(document.tree()).hasToString("{\"a\":\"1.10\",\"b\":{\"c\":\"0815\",\"d\":[\"007\",\"1e3\"]}}");
    }
}
