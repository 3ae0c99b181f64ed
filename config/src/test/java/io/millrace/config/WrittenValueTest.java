package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The place of a word within a value, in each way in which a value can be written. */
class WrittenValueTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void hocon() throws IOException {
        String text =
                """
                word = "nothing"
                a { sql = "SELECT word FROM t", b = word, list = [other, word] }
                long = \"""
                  SELECT x,
                         word
                \"""
                escaped = "SELECT \\"it\\", word"
                composed = "SELECT "${word}", word"
                """;
        assertThat(hocon(text, "a.sql")).contains("2:19");
        assertThat(hocon(text, "a.b")).contains("2:37");
        assertThat(hocon(text, "a.list[1]")).contains("2:58");
        assertThat(hocon(text, "long")).contains("5:10");
        assertThat(hocon(text, "escaped")).contains("7:27");
        assertThat(hocon(text, "composed")).isEmpty();
    }

    @Test
    void yaml() throws IOException {
        String text =
                """
                plain: SELECT word FROM t
                list:
                  - other
                  - 'SELECT word'
                literal: |
                  SELECT x,
                    word
                folded: >-
                  SELECT x,
                  word
                alias: &a "SELECT word"
                again: *a
                """;
        assertThat(yaml(text, "plain")).contains("1:15");
        assertThat(yaml(text, "list[1]")).contains("4:13");
        assertThat(yaml(text, "literal")).contains("7:5");
        assertThat(yaml(text, "folded")).contains("10:3");
        assertThat(yaml(text, "alias")).contains("11:19");
    }

    @Test
    void aTextWithoutAFileHasNoPlacesWithin() {
        ConfigDocument document = HoconReader.parse("no-file", "a = \"SELECT word\"");

        assertThat(document.sources().within("a", "SELECT word", 7)).isEmpty();
    }

    private Optional<String> hocon(String text, String path) throws IOException {
        Path file = Files.writeString(folder.resolve("a.conf"), text);
        ConfigDocument document = HoconReader.read(file, Map.of());
        return place(document, path);
    }

    private Optional<String> yaml(String text, String path) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), text);
        return place(YamlReader.read(file).get(0), path);
    }

    private static Optional<String> place(ConfigDocument document, String path) {
        String pointer = "/" + path.replace('.', '/').replaceAll("\\[(\\d+)]", "/$1");
        String value = document.tree().at(pointer).asText();
        return document.sources()
                .within(path, value, value.indexOf("word"))
                .map(place -> place.line() + ":" + place.column());
    }
}
