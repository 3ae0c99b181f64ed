package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoconJointTest {

    private static final String DEFINED = "b { x = 1 }, t = text, l = [0]\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a = [ { x = 1 } { x = 2 } ]            | 2:17  a[0]: two objects stand side by side, and HOCON makes one of them; write a comma or a line break between them
            a = [ 0, { x = 1 }{ x = 2 } ]          | 2:19  a[1]: two objects stand side by side, and HOCON makes one of them; write a comma or a line break between them
            a = { x = 1 } { x = 2 }                | 2:15  a: two objects stand side by side, and HOCON makes one of them; write one, in one pair of braces
            a = [ [1] [2] ]                        | 2:11  a[0]: two lists stand side by side, and HOCON makes one of them; write a comma or a line break between them
            a = [1] [2]                            | 2:9  a: two lists stand side by side, and HOCON makes one of them; write one, in one pair of brackets
            a = [ "a" "b" ]                        | 2:11  a[0]: two texts stand side by side, and HOCON makes one of them; write a comma or a line break between them, or one pair of quotes around both
            a = [ "a""b" ]                         | 2:10  a[0]: two texts stand side by side, and HOCON makes one of them; write a comma or a line break between them, or one pair of quotes around both
            a = [ "a" b ]                          | 2:11  a[0]: two texts stand side by side, and HOCON makes one of them; write a comma or a line break between them, or one pair of quotes around both
            a = [ ${t} "b" ]                       | 2:12  a[0]: two texts stand side by side, and HOCON makes one of them; write a comma or a line break between them, or one pair of quotes around both
            a = [ 1 2 ]                            | 2:9  a[0]: two numbers stand side by side, and HOCON makes one text of them; write a comma or a line break between them
            a = [ { x = 1 } ${b} ]                 | 2:17  a[0]: a reference follows another value, and HOCON makes one of them; write a comma or a line break between them, or the reference first, where the other is to add to it
            a = [ ${b} { x = 1 } ${b} { x = 2 } ]  | 2:22  a[0]: a reference follows another value, and HOCON makes one of them; write a comma or a line break between them, or the reference first, where the other is to add to it
            """)
    void whatWouldSilentlyBecomeOneIsRefused(String text, String problem) {
        assertThatThrownBy(() -> HoconReader.parse("conf", DEFINED + text)).hasMessage("conf:" + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = ${b} { x = 2 }",
                "a = { x = 2 } ${b}",
                "a = { x = 2 } ${?none}",
                "a = [ ${b} { x = 2 }, ${b} { x = 3 } ]",
                "a = [ ${b} ${b} ]",
                "a = ${l} [1]",
                "a = [1] ${l}",
                "a = ${l} ${l}",
                "a += 1\na += 2",
                "a { x = 1 }\na { x = 2 }",
                "a = 1\na = ${?none}",
                "a = [ { x = 1 }\n { x = 2 } // no comma\n\n {x = 3},\n ]",
                "a = [ 1 // one\n 2 # two\n ]",
                "a = [ \"a\"\n\"b\" ]",
                "a = [ ${t}\"/x\", \"/\"${t}, /data/${t}.csv, id DESC NULLS LAST, 10 minutes ]",
                "a = \"a\" \"b\"",
                "a = \"\"\"{ x } { y }\n[1] [2]\"\"\"",
                "a = [ \"{ x } { y } \\\" [\" ]",
                "a = [ \"\"\"two \"quotes\"\"\"\"\", 1 ]",
                "\"{ x } { y }\" = 1",
                "a : { x : 1 }, c : [ ] , d : { }",
                "{ a = 1, c { d = [ {}, {} ] } }",
                "a = { x = 1 } # { y = 2 }",
                "a\n{ x = 1 }\nc =\n{ x = 2 }\n"
            })
    void whatIsMeantToBeOneIsTaken(String text) {
        String whole = text.startsWith("{ a") ? text : DEFINED + text;

        assertThat(HoconReader.parse("conf", whole).tree()).isNotEmpty();
    }

    @Test
    void allOfAllFilesAreToldAtOnce(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.conf"), "a = [ {} {} {} ]\nb { include \"b.conf\" }\n");
        Path included = Files.writeString(folder.resolve("b.conf"), "c = [[1] [2]]\n");

        assertThatThrownBy(() -> HoconReader.read(file, Map.of()))
                .hasMessage(
                        """
                        %1$s:1:10  a[0]: two objects stand side by side, and HOCON makes one of them; write a comma or a line break between them
                        %1$s:1:13  a[0]: two objects stand side by side, and HOCON makes one of them; write a comma or a line break between them
                        %2$s:1:10  b.c[0]: two lists stand side by side, and HOCON makes one of them; write a comma or a line break between them"""
                                .formatted(file, included));
        assertThatThrownBy(() -> HoconReader.read(included, Map.of("c", "[ {} {} ]")))
                .hasMessage(
                        included
                                + ":1:10  c[0]: two lists stand side by side, and HOCON makes one of them; write a comma or a line break between them");
    }

    @Test
    void theCommandLineIsLookedAtToo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.conf"), "a = 1");

        assertThatThrownBy(() -> HoconReader.read(file, Map.of("a.b", "[ {} {} ]")))
                .hasMessage("--set a.b  a.b[0]: two objects stand side by side, and HOCON makes one of them;"
                        + " write a comma or a line break between them");
        assertThatThrownBy(() -> HoconReader.read(file, Map.of("a.b", "{ x = 1 } { y = 1 }")))
                .hasMessage(
                        "--set a.b  a.b: two objects stand side by side, and HOCON makes one of them; write one, in one pair of braces");
    }

    @Test
    void whatIsNoHoconIsSaidFirst() {
        assertThatThrownBy(() -> HoconReader.parse("conf", "a = [ {} {} \nb = }"))
                .hasMessageStartingWith("conf:2  not HOCON: ");
    }
}
