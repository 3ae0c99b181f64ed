package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlReaderTest {

    @Test
    void readsValuesAsTheCoreSchemaHasThem() {
        ConfigDocument document = one(
                """
                text: a b
                whole: 7
                large: 7000000000
                huge: 123456789012345678901234567890
                hex: 0x1F
                octal: 0o17
                agent: 007
                decimal: 1.10
                power: 1e3
                flag: true
                shouted: TRUE
                other: yes
                none: ~
                nothing:
                quoted: "7"
                date: 2024-01-01
                list: [1, two, "3"]
                folded: >
                  one
                  two
                """);

        assertThat(document.tree())
                .hasToString(
                        "{\"text\":\"a b\",\"whole\":7,\"large\":7000000000,\"huge\":123456789012345678901234567890,"
                                + "\"hex\":\"0x1F\",\"octal\":\"0o17\",\"agent\":\"007\",\"decimal\":1.10,\"power\":\"1e3\",\"flag\":true,\"shouted\":\"TRUE\",\"other\":\"yes\","
                                + "\"none\":null,\"nothing\":null,\"quoted\":\"7\",\"date\":\"2024-01-01\",\"list\":[1,\"two\",\"3\"],"
                                + "\"folded\":\"one two\\n\"}");
        assertThat(document.config().getInt("whole")).isEqualTo(7);
        assertThat(document.config().getString("decimal")).isEqualTo("1.10");
        assertThat(document.config().getIsNull("none")).isTrue();
    }

    @Test
    void knowsWhereEverythingIsWritten() {
        ConfigDocument document = one(
                """
                # a comment
                name: taxi
                dag:
                  - name: one
                    spec: { stack: flare }
                  - name: two
                """);

        SourceMap sources = document.sources();
        assertThat(sources.at("name")).hasToString("Optional[wf.yaml:2:1]");
        assertThat(sources.at("dag[0]")).hasToString("Optional[wf.yaml:4:5]");
        assertThat(sources.at("dag[0].spec.stack")).hasToString("Optional[wf.yaml:5:13]");
        assertThat(sources.nearest("dag[1].missing")).hasToString("Optional[wf.yaml:6:5]");
    }

    @Test
    void decodesLikeHocon() {
        Problems problems = new Problems();
        ConfigSection root = one("name: taxi\nnam: x\nspec:\n  rows: many\n").root(problems);

        root.string("name");
        root.section("spec").optionalLong("rows");

        assertThat(root.build(() -> "made")).isEmpty();
        assertThat(problems.asList())
                .hasToString("[wf.yaml:2:1  nam: unknown key; did you mean \"name\"? (known: name, spec), "
                        + "wf.yaml:4:3  spec.rows: must be a whole number, not \"many\"]");
    }

    @Test
    void readsSeveralDocumentsAndLeavesEmptyOnesOut() {
        List<ConfigDocument> documents = YamlReader.parse("wf.yaml", "# first\n---\na: 1\n---\n---\nb: 2\n...\n");

        assertThat(documents.stream().map(document -> document.tree().toString()))
                .containsExactly("{\"a\":1}", "{\"b\":2}");
        assertThat(documents.get(1).sources().at("b")).hasToString("Optional[wf.yaml:6:1]");
        assertThat(YamlReader.parse("wf.yaml", "# nothing\n")).isEmpty();
    }

    @Test
    void followsAliasesAndMergesWhatIsNotWritten() {
        ConfigDocument document = one(
                """
                base: &base { format: json, stream: false }
                more: &more { rows: 1, format: csv }
                input:
                  <<: *base
                  stream: true
                both: { <<: [*base, *more] }
                again: *base
                """);

        assertThat(document.tree().get("input")).hasToString("{\"stream\":true,\"format\":\"json\"}");
        assertThat(document.tree().get("both")).hasToString("{\"format\":\"json\",\"stream\":false,\"rows\":1}");
        assertThat(document.sources().at("input.format")).hasToString("Optional[wf.yaml:1:15]");
        assertThat(document.sources().at("again")).hasToString("Optional[wf.yaml:7:1]");
    }

    @Test
    void saysWhereATextIsNotYaml() {
        refused(
                "a: 1\nb: c: d\n",
                "wf.yaml:2:5  not YAML: mapping values are not allowed here; a text that holds \": \" needs quotes, and the keys of an object begin in one column");
        refused(
                "a:\n  b: 1\n c: 2\n",
                "wf.yaml:3:2  not YAML: while parsing a block mapping: expected <block end>, but found '<block mapping start>'; the keys of an object, and the dashes of a list, begin in one column");
        refused(
                "a:\n\t- b\n",
                "wf.yaml:2:1  not YAML: while scanning for the next token: found character '\\t(TAB)' that cannot start any token; indent with spaces");
        refused(
                "a: @b\n",
                "wf.yaml:1:4  not YAML: while scanning for the next token: found character '@' that cannot start any token; a text that begins so needs quotes");
        refused(
                "a: [1, 2\n",
                "wf.yaml:2:1  not YAML: while parsing a flow sequence: expected ',' or ']', but got <stream end>");
    }

    @Test
    void refusesWhatIsNoPlainTreeAllAtOnce() {
        refused(
                """
                name: a
                steps:
                  - sql: x
                    sql: y
                name: b
                when: !!timestamp 2024-01-01
                evil: !!java.net.URL [http://localhost]
                "": 1
                << : 3
                """,
                """
                wf.yaml:4:5  steps[0].sql: is written twice, first in line 3
                wf.yaml:5:1  name: is written twice, first in line 1
                wf.yaml:6:7  when: has the tag "tag:yaml.org,2002:timestamp"; tags are not read, remove it
                wf.yaml:7:7  evil: has the tag "tag:yaml.org,2002:java.net.URL"; tags are not read, remove it
                wf.yaml:8:1  a key must not be blank
                wf.yaml:9:6  "<<": must be an object, or a list of objects""");
        refused("- a\n", "wf.yaml:1:1  a document must be an object of keys and values, not a list");
        refused("just text\n", "wf.yaml:1:1  a document must be an object of keys and values, not a single value");
        refused("[a, b]: 1\n", "wf.yaml:1:1  a key must be a text, not a list or an object");
        refused("a: &k b\n*k : 1\n", "wf.yaml:2:1  a key must be a text, not an alias");
    }

    @Test
    void refusesAliasesThatLeadNowhereOrToThemselves() {
        refused(
                "a: *b\n",
                "wf.yaml:1:4  the alias *b has no anchor before it; write &b before the value it stands for");
        refused("a: &a [1, *a]\n", "wf.yaml:1:11  the alias *a stands within what it stands for");
    }

    @Test
    void refusesDepth() {
        refused("a: " + "[".repeat(70), "wf.yaml:1:67  is nested more than 64 levels deep");
        StringBuilder deep = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 70; i++) {
            deep.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append("]\n");
        }
        refused(deep.toString(), "wf.yaml:63:12  is nested more than 64 levels deep");
    }

    /** Each line stands for ten times what the line before stands for: a few lines would fill any memory. */
    @Test
    void refusesAliasesThatStandForTooMuch() {
        StringBuilder laughs = new StringBuilder("a0: &a0 lol\n");
        for (int i = 1; i < 40_000; i++) {
            String before = "*a" + (i - 1);
            laughs.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append((before + ",").repeat(9))
                    .append(before)
                    .append("]\n");
        }

        assertThat(laughs.length()).isGreaterThan(3_000_000);
        refused(
                laughs.toString(),
                "wf.yaml:6:38  the alias *a4 is one too many: aliases may stand for 100000 values in all, written out");
    }

    @Test
    void refusesFilesItCannotRead(@TempDir Path folder) throws IOException {
        Path large = Files.write(
                folder.resolve("large.yaml"), ("a: &a [x]\n" + "#".repeat(10 << 20)).getBytes(StandardCharsets.UTF_8));
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE4});
        Path none = folder.resolve("none.yaml");

        refused(large, large + "  is too large to be read: at most 4194304 bytes are; divide it into several files");
        refused(latin, latin + "  cannot be read: not UTF-8");
        refused(none, none + ": no such file");
        refused(folder, folder + ": is a directory; name a file");
    }

    @Test
    void readsAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("wf.yaml"), "\uFEFFa: 1\n");

        assertThat(YamlReader.read(file).get(0).sources().at("a")).contains(new Location(file.toString(), 1, 1));
    }

    private static ConfigDocument one(String text) {
        List<ConfigDocument> documents = YamlReader.parse("wf.yaml", text);
        assertThat(documents).hasSize(1);
        return documents.get(0);
    }

    private static void refused(String text, String message) {
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> YamlReader.parse("wf.yaml", text))
                .withMessage(message)
                .matches(refused -> refused.kind() == MillraceException.Kind.USER);
    }

    private static void refused(Path file, String message) {
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> YamlReader.read(file))
                .withMessage(message);
    }
}
