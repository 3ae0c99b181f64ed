package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoconReaderTest {

    private final Path folder;

    HoconReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsATree() {
        ConfigDocument document = HoconReader.parse(
                "conf",
                """
                lake = /data
                b { list = [1, 2.5, true, null, { x = ${lake}"/x" }], whole = 3.0, long = 5000000000 }
                "a.b" = text
                """);

        assertThat(document.tree())
                .hasToString(
                        """
                {"lake":"/data","b":{"list":[1,2.5,true,null,{"x":"/data/x"}],"whole":3.0,"long":5000000000},"a.b":"text"}""");
        assertThat(document.config().getString("\"a.b\"")).isEqualTo("text");
    }

    @Test
    void aTextOfSeveralLinesIsWhereItsKeyIs() {
        Path file = write("long.conf", "a { sql = \"\"\"SELECT\n  1\n\"\"\", x = 1 }\nb = \"one\\nline\"\n");

        assertThat(HoconReader.read(file, Map.of()).sources().places())
                .containsAllEntriesOf(
                        Map.ofEntries(at("a.sql", file, 1, 5), at("a.x", file, 3, 6), at("b", file, 4, 1)));
    }

    @Test
    void knowsWhereEachPathIsWritten() {
        Path file = write(
                "orders.conf",
                """
                lake = "/data"
                pipegraph {
                  name = orders, "odd.key" = 1
                  etls = [
                    { name = a
                      output : raw }
                    { name = b, output.name = raw }
                  ]
                  state += x
                }
                """);

        assertThat(HoconReader.read(file, Map.of()).sources().places())
                .containsAllEntriesOf(Map.ofEntries(
                        at("", file, 0, 0),
                        at("lake", file, 1, 1),
                        at("pipegraph", file, 2, 1),
                        at("pipegraph.name", file, 3, 3),
                        at("pipegraph.\"odd.key\"", file, 3, 18),
                        at("pipegraph.etls", file, 4, 3),
                        at("pipegraph.etls[0]", file, 5, 0),
                        at("pipegraph.etls[0].name", file, 5, 7),
                        at("pipegraph.etls[0].output", file, 6, 7),
                        at("pipegraph.etls[1]", file, 7, 0),
                        at("pipegraph.etls[1].output", file, 7, 17),
                        at("pipegraph.state", file, 9, 3)));
    }

    @Test
    void leavesTheColumnOutWhereTheKeyStandsTwiceOnItsLine() {
        Path file = write("a.conf", "a { name = 1 }, b { name = 2, rename = 3 }\n");

        assertThat(HoconReader.read(file, Map.of()).sources().places())
                .containsAllEntriesOf(
                        Map.ofEntries(at("a.name", file, 1, 0), at("b.name", file, 1, 0), at("b.rename", file, 1, 31)));
    }

    @Test
    void takesTheFirstPlaceOfAnObjectThatIsWrittenInParts() {
        Path file = write(
                "a.conf",
                """
                p { x = 1, q { a = 1 } }
                p.q.b = 2
                p { x = 2 }
                copy = ${p} { extra = 1 }
                """);

        ConfigDocument document = HoconReader.read(file, Map.of());

        assertThat(document.tree().get("p")).hasToString("{\"q\":{\"a\":1,\"b\":2},\"x\":2}");
        assertThat(document.sources().places())
                .containsAllEntriesOf(Map.ofEntries(
                        at("p", file, 1, 1),
                        at("p.x", file, 3, 5),
                        at("p.q", file, 1, 12),
                        at("p.q.a", file, 1, 16),
                        at("p.q.b", file, 2, 5),
                        at("copy", file, 4, 1),
                        at("copy.extra", file, 4, 15),
                        at("copy.x", file, 3, 5)));
    }

    @Test
    void findsThePlaceAroundAKeyThatIsMissing() {
        Path file = write("a.conf", "a {\n  b { c = 1 }\n}\n");
        SourceMap sources = HoconReader.read(file, Map.of()).sources();

        assertThat(sources.nearest("a.b.missing[3].x")).contains(new Location(file.toString(), 2, 3));
        assertThat(sources.nearest("other.\"x.y\"")).contains(new Location(file.toString(), 0, 0));
        assertThat(sources.at("a.b.missing")).isEmpty();
    }

    @Test
    void takesIncludesRelativeToTheIncludingFile() {
        Path file = write(
                "main.conf",
                """
                lake = /data
                include "parts/models.conf"
                p { include required(file("parts/deep/more.conf")) }
                """);
        Path models = write("parts/models.conf", "include \"deep/more.conf\"\nmodel = ${lake}\n");
        Path more = write("parts/deep/more.conf", "\nmore = 1\n");

        ConfigDocument document = HoconReader.read(file, Map.of());

        assertThat(document.tree().get("model").textValue()).isEqualTo("/data");
        assertThat(document.sources().places())
                .containsAllEntriesOf(Map.ofEntries(
                        at("model", models, 2, 1),
                        at("more", more, 2, 1),
                        at("p.more", more, 2, 1),
                        at("p", file, 3, 1)));
    }

    @Test
    void refusesAnIncludeThatIsMissing() {
        Path file = write("main.conf", "a = 1\n  include \"nope.conf\"\n");

        refused(file, file + ":2:3  include \"nope.conf\": no such file: " + folder.resolve("nope.conf"));
    }

    @Test
    void refusesAMissingIncludeOfAnInclude() {
        Path file = write("main.conf", "include \"parts/a.conf\"\n");
        Path part = write("parts/a.conf", "include file(\"../b.conf\")\ninclude file(\"../b.conf\")\n");

        refused(file, part + ":1:1  include \"../b.conf\": no such file: " + folder.resolve("b.conf"));
    }

    @Test
    void refusesIncludesThatFormACircle() {
        Path one = write("one.conf", "x { include \"two.conf\" }\n");
        Path two = write("two.conf", "include \"./one.conf\"\n");

        refused(
                one,
                two + ":1:1  include \"./one.conf\": includes form a circle: " + one + " -> " + two + " -> " + one);
    }

    @Test
    void refusesIncludesFromElsewhere() {
        Path url = write("url.conf", "include url(\"http://host/x.conf\")\n");
        Path classpath = write("classpath.conf", "include classpath(\"no/such.conf\")\n");

        refused(url, url + ":1:1  include \"http://host/x.conf\": a URL is not supported; include a file");
        refused(classpath, classpath + ":1:1  include \"no/such.conf\": not on the classpath");
        assertThatThrownBy(() -> HoconReader.parse("text", "include \"x.conf\""))
                .isInstanceOf(MillraceException.class)
                .hasMessage("text  include \"x.conf\": only a file can include another");
    }

    @Test
    void refusesWhatIsNotHocon() {
        Path list = write("list.conf", "[1, 2]");
        Path part = write("part.conf", "a = {\n b = ]\n}\n");
        Path main = write("main.conf", "include \"part.conf\"\n");

        refused(list, list + ":1  not HOCON: has type LIST rather than object at file root")
                .hasCauseInstanceOf(ConfigException.class);
        refused(
                main,
                part
                        + ":2  not HOCON: Expecting a value but got wrong token: ']' (if you intended ']' to be part of a key "
                        + "or string value, try enclosing the key or value in double quotes, or you may be able to rename "
                        + "the file .properties rather than .conf)");
    }

    @Test
    void refusesASubstitutionThatLeadsNowhere() {
        Path open = write("open.conf", "a = 1\nb = ${nothere}\n");
        Path cycle = write("cycle.conf", "a = ${b}\nb = ${a}\n");

        refused(
                open,
                open + ":2  Could not resolve substitution to a value: ${nothere}; "
                        + "define it in the file, or set it with --set or as an environment variable");
        refused(
                cycle,
                cycle + ":2  Could not resolve substitution to a value: ${a} was part of a cycle of substitutions "
                        + "involving ${b}, ${a}, ${b}; a value cannot be made of itself");
    }

    @Test
    void refusesWhatIsNoReadableFile() throws IOException {
        Path latin = folder.resolve("latin.conf");
        Files.write(latin, "a = größe".getBytes(StandardCharsets.ISO_8859_1));

        refused(latin, latin + "  cannot be read: not UTF-8");
        refused(folder, folder + ": is a directory; name the file that holds the pipegraph");
        refused(folder.resolve("no.conf"), folder.resolve("no.conf") + ": no such file");
    }

    @Test
    void setsValuesBeforeSubstitutionsAreResolved() {
        Path file =
                write("main.conf", "lake = /data\npath = ${lake}\"/x\"\nkeep = 1\nkeep = ${?NO_SUCH_VARIABLE_HERE}\n");

        ConfigDocument document = HoconReader.read(file, Map.of("lake", "/other"));

        assertThat(document.tree()).hasToString("{\"lake\":\"/other\",\"path\":\"/other/x\",\"keep\":1}");
        assertThat(document.sources().at("lake")).contains(new Location("--set lake", 0, 0));
        assertThat(document.sources().at("path")).contains(new Location(file.toString(), 2, 1));
    }

    @Test
    void mergesObjectsThatAreSetAndReplacesLists() {
        Path file = write("main.conf", "lake = /data\np { a = 1, list = [1, 2] }\n");
        Map<String, String> set = new LinkedHashMap<>();
        set.put("p", "{ b = ${lake}, a = 2 }");
        set.put("p.list", "[3]");
        set.put("\"x.y\".z", "[text]");
        set.put("p.a", "3");

        ConfigDocument document = HoconReader.read(file, set);

        assertThat(document.tree().get("p")).hasToString("{\"a\":\"3\",\"b\":\"/data\",\"list\":[3]}");
        assertThat(document.tree().at("/x.y/z/0").textValue()).isEqualTo("text");
        assertThat(document.sources().places())
                .containsAllEntriesOf(Map.ofEntries(
                        at("p", file, 2, 1),
                        Map.entry("p.a", new Location("--set p.a", 0, 0)),
                        Map.entry("p.b", new Location("--set p", 0, 0)),
                        Map.entry("p.list", new Location("--set p.list", 0, 0)),
                        Map.entry("\"x.y\"", new Location("--set \"x.y\".z", 0, 0)),
                        Map.entry("\"x.y\".z[0]", new Location("--set \"x.y\".z", 0, 0))));
    }

    @Test
    void refusesToSetWhatIsNoPathAndKeepsTheValueToItself() {
        Path file = write("main.conf", "a = 1\n");

        assertThatThrownBy(() -> HoconReader.read(file, Map.of("a..b", "secret")))
                .isInstanceOf(MillraceException.class)
                .hasMessage(
                        "--set a..b: not a path: path parameter: Invalid path 'a..b': path has a leading, trailing, "
                                + "or two adjacent period '.' (use quoted \"\" empty string if you want an empty element)");
        assertThatThrownBy(() -> HoconReader.read(file, Map.of("a", "{ x")))
                .hasMessage("--set a: not HOCON: Key 'x' may not be followed by token: end of file");
        assertThatThrownBy(() -> HoconReader.read(file, Map.of("a", "[${nothere}]")))
                .hasMessage("--set a  Could not resolve substitution to a value: ${nothere}; "
                        + "define it in the file, or set it with --set or as an environment variable");
    }

    @Test
    void findsPositionsInValuesReadBySomebodyElse() {
        Path file = write("main.conf", "\nlake = /data\np { x = ${lake} }\n");

        ConfigDocument document = ConfigDocument.of(ConfigFactory.parseFile(file.toFile()));

        assertThat(document.tree()).hasToString("{\"lake\":\"/data\",\"p\":{\"x\":\"/data\"}}");
        assertThat(document.sources().places())
                .containsAllEntriesOf(Map.ofEntries(at("lake", file, 2, 1), at("p.x", file, 3, 5)));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path file, String message) {
        return assertThatThrownBy(() -> HoconReader.read(file, Map.of()))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage(message);
    }

    private static Map.Entry<String, Location> at(String path, Path file, int line, int column) {
        return Map.entry(path, new Location(file.toString(), line, column));
    }

    private Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
