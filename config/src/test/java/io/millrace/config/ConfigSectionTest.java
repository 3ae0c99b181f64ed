package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigSectionTest {

    private enum Otherwise {
        WARN,
        DEAD_LETTER
    }

    private record Expectation(String name, Otherwise otherwise) {}

    private final Problems problems = new Problems();

    @Test
    void decodesARecord() {
        ConfigSection section = section("name = has-price, otherwise = dead-letter");

        assertThat(expectation(section)).contains(new Expectation("has-price", Otherwise.DEAD_LETTER));
        noProblems();
    }

    @Test
    void decodesEveryKind() {
        ConfigSection section = section(
                """
                text = a, number = 7, decimal = 2.5, flag = yes, off = off, pause = 2 minutes, millis = 5, mode = DeadLetter, size = 128MB, bytes = 5
                quoted = "12", half = "0.5", list = [a, 1, true], absent = null
                options { a = 1, b { c = x }, d.e = y, f = null }
                """);

        assertThat(section.string("number")).isEqualTo("7");
        assertThat(section.optionalLong("number")).contains(7L);
        assertThat(section.optionalLong("quoted")).contains(12L);
        assertThat(section.optionalPositiveInt("number")).contains(7);
        assertThat(section.optionalDouble("decimal")).contains(2.5);
        assertThat(section.optionalDouble("half")).contains(0.5);
        assertThat(section.optionalBoolean("flag")).contains(true);
        assertThat(section.optionalBoolean("off")).contains(false);
        assertThat(section.optionalDuration("pause")).contains(Duration.ofMinutes(2));
        assertThat(section.optionalDuration("millis")).contains(Duration.ofMillis(5));
        assertThat(section.optionalBytes("size")).contains(128_000_000L);
        assertThat(section.optionalBytes("bytes")).contains(5L);
        assertThat(section.optionalBytes("absent")).isEmpty();
        assertThat(section.optionalEnum("mode", Otherwise.class)).contains(Otherwise.DEAD_LETTER);
        assertThat(section.strings("list")).containsExactly("a", "1", "true");
        assertThat(section.stringMap("options")).hasToString("{a=1, b.c=x, d.e=y}");
        assertThat(section.optionalString("absent")).isEmpty();
        assertThat(section.optionalLong("absent")).isEmpty();
        assertThat(section.strings("absent")).isEmpty();
        assertThat(section.stringMap("absent")).isEmpty();
        assertThat(section.sections("absent")).isEmpty();
        assertThat(section.namedSections("absent")).isEmpty();
        noProblems();
    }

    private record Call(String name, Map<String, String> columns) {}

    private record Calls(List<Call> calls) {}

    @Test
    void decodesListsOfRecordsAndMaps() {
        Optional<Calls> calls = section("calls = [ { name = rename, columns { a = b, c.d = e } }, { name = drop } ]")
                .record(Calls.class);

        assertThat(calls)
                .contains(new Calls(
                        List.of(new Call("rename", Map.of("a", "b", "c.d", "e")), new Call("drop", Map.of()))));
        assertThat(section("calls = [ { nam = rename } ]").record(Calls.class)).isEmpty();
        assertThat(problems.asList())
                .hasToString("[conf:1  calls[0].name: is missing, "
                        + "conf:1:13  calls[0].nam: unknown key; did you mean \"name\"? (known: columns, name)]");
    }

    @Test
    void reportsEverythingInOnePass() {
        ConfigSection section = section(
                """
                name = " "
                otherwise = dead-leter
                count = 1.5
                rows = 0
                ratio = much
                flag = maybe
                pause = soon
                back = -1s
                list = [a, "", null, { x = 1 }]
                columns = id
                options { a = [1] }
                nested = 3
                othrwise = warn""");

        section.string("name");
        section.string("missing");
        section.optionalEnum("otherwise", Otherwise.class);
        section.optionalLong("count");
        section.optionalPositiveInt("rows");
        section.optionalDouble("ratio");
        section.optionalBoolean("flag");
        section.optionalDuration("pause");
        section.optionalDuration("back");
        assertThat(section.strings("list")).containsExactly("a");
        section.strings("columns");
        section.stringMap("options");
        section.section("nested").string("inner");
        section.section("gone").string("inner");

        assertThat(section.build(() -> "never")).isEmpty();
        problems(
                """
                conf  missing: is missing
                conf  gone: is missing
                conf:1:1  name: must not be blank
                conf:2:1  otherwise: unknown value "dead-leter"; did you mean "dead-letter"? (known: dead-letter, warn)
                conf:3:1  count: must be a whole number, not 1.5
                conf:4:1  rows: must be a whole number from 1 to 2147483647, not 0
                conf:5:1  ratio: must be a number, not "much"
                conf:6:1  flag: must be true or false, not "maybe"
                conf:7:1  pause: must be a duration such as 10s or 2 minutes, not "soon"
                conf:8:1  back: must be a duration such as 10s or 2 minutes, not "-1s"
                conf:9  list[1]: must not be blank
                conf:9  list[2]: must be a text, not null
                conf:9  list[3]: must be a text, not an object
                conf:10:1  columns: must be a list [ … ], not "id"
                conf:11:11  options.a: must be a text, not a list
                conf:12:1  nested: must be an object { … }, not 3
                conf:13:1  othrwise: unknown key; did you mean "otherwise"? (known: back, columns, count, flag, gone, list, \
                missing, name, nested, options, otherwise, pause, ratio, rows)""");
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775808, '\"9223372036854775808\"'",
        "'\"99999999999999999999\"', '\"99999999999999999999\"'",
        "true, true",
        "[1], [1]"
    })
    void refusesWhatIsNoWholeNumber(String written, String shown) {
        section("n = " + written).optionalLong("n");

        problems("conf:1:1  n: must be a whole number, not " + shown);
    }

    @Test
    void refusesANumberThatIsTooLarge() {
        section("n = 2147483648").optionalPositiveInt("n");

        problems("conf:1:1  n: must be a whole number from 1 to 2147483647, not 2147483648");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "[1], [1]", "{a=1}, '{\"a\":1}'"})
    void refusesWhatIsNoDuration(String written, String shown) {
        section("n = " + written).optionalDuration("n");

        problems("conf:1:1  n: must be a duration such as 10s or 2 minutes, not " + shown);
    }

    @ParameterizedTest
    @CsvSource({"much, '\"much\"'", "10 parsecs, '\"10 parsecs\"'", "0, 0", "-1, -1", "[1], [1]", "true, true"})
    void refusesWhatIsNoSize(String written, String shown) {
        section("n = " + written).optionalBytes("n");

        problems("conf:1:1  n: must be a size such as 128MB, not " + shown);
    }

    @Test
    void aBrokenChildBreaksItsParents() {
        ConfigSection section = section("outer { inner { name = a } }");

        ConfigSection outer = section.section("outer");
        Optional<Expectation> inner = expectation(outer.section("inner"));

        assertThat(inner).isEmpty();
        assertThat(outer.build(() -> "outer")).isEmpty();
        assertThat(section.build(() -> "root")).isEmpty();
        problems("conf:1:9  outer.inner.otherwise: is missing");
    }

    @Test
    void aBrokenSiblingBreaksOnlyItself() {
        ConfigSection section = section("a { name = a, otherwise = warn }, b { name = b }");

        assertThat(expectation(section.section("a"))).isPresent();
        assertThat(expectation(section.section("b"))).isEmpty();
    }

    @Test
    void aMissingSectionIsReportedOnceWithoutWhatItWouldHold() {
        ConfigSection section = section("x = 1");

        assertThat(expectation(section.section("wanted"))).isEmpty();
        section.optionalLong("x");
        assertThat(section.build(() -> "root")).isEmpty();
        problems("conf  wanted: is missing");
    }

    @Test
    void readsListsAndMapsOfSections() {
        ConfigSection section = section(
                """
                etls = [{ name = a, otherwise = warn }, 7, { name = b, otherwise = warn }]
                models { x { name = c, otherwise = warn }, y = 1 }
                """);

        assertThat(section.sections("etls")).extracting(ConfigSection::path).containsExactly("etls[0]", "etls[2]");
        assertThat(section.namedSections("models")).containsOnlyKeys("x");
        problems(
                """
                conf:1  etls[1]: must be an object { … }, not 7
                conf:2:44  models.y: must be an object { … }, not 1""");
    }

    @Test
    void buildsNothingWhereAKeyIsUnknown() {
        assertThat(section("a { x = 1 }").section("a").build(() -> {
                    throw new AssertionError("a section that failed builds nothing");
                }))
                .isEmpty();
        problems("""
                conf:1:5  a.x: unknown key; known: none""");
    }

    @Test
    void turnsTheRefusalOfARecordIntoAProblemOfTheSection() {
        ConfigSection a = section("a { x = 1 }").section("a");
        a.optionalLong("x");

        assertThat(a.build(() -> {
                    throw new IllegalArgumentException("x must be even");
                }))
                .isEmpty();
        assertThat(a.build(() -> {
                    throw new AssertionError("a section that failed builds nothing");
                }))
                .isEmpty();
        problems("conf:1:1  a: x must be even");
    }

    @Test
    void keepsTheProblemsOfAnException() {
        refusing("a { x = 1 }", MillraceException.user("no such place"));
        refusing(
                "\na { x = 1 }",
                MillraceException.user(List.of(
                        new Problem(null, "x", "is odd"),
                        new Problem(null, "", "is empty"),
                        new Problem(new Location("other", 3, 0), "b", "is wrong"))));

        problems(
                """
                conf:1:1  a: no such place
                conf:2:5  a.x: is odd
                conf:2:1  a: is empty
                other:3  b: is wrong""");
    }

    private void refusing(String text, MillraceException refusal) {
        ConfigSection a = section(text).section("a");
        a.acceptOtherKeys();

        assertThat(a.build(() -> {
                    throw refusal;
                }))
                .isEmpty();
    }

    @Test
    void readsPartsForSomebodyElse() {
        ConfigSection section = section("value { a { b = 1 } }, c = [1]");

        assertThat(section.raw("value")).get().hasToString("{\"a\":{\"b\":1}}");
        assertThat(section.raw("nothing")).isEmpty();
        assertThat(section.raw()).hasToString("{\"value\":{\"a\":{\"b\":1}},\"c\":[1]}");
        assertThat(section.keys()).containsExactly("value", "c");
        assertThat(section.build(() -> "root")).contains("root");
    }

    @Test
    void startsAnywhereInAText() {
        ObjectNode value = JsonNodeFactory.instance.objectNode().put("keys", 1);
        ConfigSection section = ConfigSection.at(
                "models.raw.value",
                value,
                HoconReader.parse("conf", "\nmodels.raw = 1").sources(),
                problems);

        section.strings("keys");

        problems("conf:2:8  models.raw.value.keys: must be a list [ … ], not 1");
    }

    @Test
    void ordersProblemsByFileAndLine() {
        problems.add(new Problem(null, "x", "last"));
        problems.add(new Problem(new Location("b.conf", 9, 0), "x", "second"));
        problems.add(new Problem(new Location("a.conf", 1, 2), "x", "third"));
        problems.add(new Problem(new Location("b.conf", 2, 0), "", "first"));
        problems.add(new Problem(new Location("a.conf", 1, 2), "x", "third"));

        problems(
                """
                b.conf:2  first
                b.conf:9  x: second
                a.conf:1:2  x: third
                x: last""");
    }

    private Optional<Expectation> expectation(ConfigSection section) {
        String name = section.string("name");
        Optional<Otherwise> otherwise = section.optionalEnum("otherwise", Otherwise.class);
        if (!section.has("otherwise")) {
            section.problem("otherwise", "is missing");
        }
        return section.build(() -> new Expectation(name, otherwise.orElseThrow()));
    }

    private ConfigSection section(String text) {
        return HoconReader.parse("conf", text).root(problems);
    }

    private void noProblems() {
        assertThat(problems.asList()).isEmpty();
        problems.throwIfAny();
    }

    private void problems(String expected) {
        assertThat(problems.asList()).extracting(Problem::toString).containsExactly(expected.split("\n"));
    }
}
