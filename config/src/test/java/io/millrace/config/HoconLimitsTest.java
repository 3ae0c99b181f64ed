package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoconLimitsTest {

    private final Path folder;

    HoconLimitsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aTextMayBeNestedSoDeep() {
        assertThat(HoconReader.parse("conf", "x = " + "[".repeat(63) + "]".repeat(63))
                        .tree())
                .hasSize(1);
        refused("x = " + "[".repeat(10_000) + "]".repeat(10_000), "conf:1:69  is nested more than 64 levels deep");
        refused("x = " + "{a=".repeat(10_000), "conf:1:195  is nested more than 64 levels deep");
        refused("a.".repeat(10_000) + "a = 1", "conf:1:1  is nested more than 64 levels deep");
        refused("a.a.a { a.a { " + "a.".repeat(59) + "a = 1 } }", "conf:1:15  is nested more than 64 levels deep");
    }

    @Test
    void soIsWhatReferencesMakeOfIt() {
        refused(
                "a0 = 1\n" + lines(64, i -> "a%d = { p = ${a%d} }".formatted(i + 1, i)),
                "conf:65  a64: is nested more than 64 levels deep");
    }

    @Test
    void aTextThatMultipliesItselfIsRefused() {
        String objects = "conf  becomes more than 500000 values once references are written out;"
                + " a value that is made several times of another, which is made so too, grows that fast";

        refused(
                "a0 = { x = 1 }\n"
                        + lines(12, i -> "a%d = { p = ${a%d}, q = ${a%<d}, r = ${a%<d}, s = ${a%<d} }"
                                .formatted(i + 1, i)),
                objects);
        refused("a0 = 1\n" + lines(40, i -> "a%d = [ ${a%d}, ${a%<d} ]".formatted(i + 1, i)), objects);
        refused(lines(40, i -> "a%d = { p = ${?a%d}, q = ${?a%<d} }".formatted(i, i + 1)) + "a40 = 1", objects);
    }

    @Test
    void aListThatIsAddedToAgainAndAgainTakesTooLong() {
        assertThat(HoconReader.parse("conf", lines(100, i -> "l += " + i))
                        .tree()
                        .get("l"))
                .hasSize(100);
        refused(
                lines(20_000, i -> "l += " + i),
                "conf  refers to other values 20000 times (${…} and +=), and at most 10000 can be resolved;"
                        + " write values out, or divide it into several");
        refused(
                lines(9_000, i -> "o { l += " + i + " }"),
                "conf:171:5  o.l: is written 171 times with references (${…} and +=), which takes too long to resolve; write it in one place");
        refused(
                "\"o\" = { }\n" + lines(9_000, i -> "o = ${o} { k" + i + " = 1 }"),
                "conf:172:1  o: is written 171 times with references (${…} and +=), which takes too long to resolve; write it in one place");
    }

    @Test
    void manyReferencesFromOneFileAreFine() {
        assertThat(HoconReader.parse("conf", "b = 1\n" + lines(2_000, i -> "o.k%d = ${b}".formatted(i)))
                        .tree()
                        .get("o"))
                .hasSize(2_000);
    }

    @Test
    void aFileMayBeSoLarge() throws IOException {
        Path file = Files.writeString(folder.resolve("big.conf"), "k = \"" + "x".repeat(HoconLimits.MOST_BYTES) + "\"");

        refused(
                file,
                file + "  is too large to be read: at most 16777216 bytes are;"
                        + " divide it into several, each read by itself, or keep large texts and rows in files of their own");
    }

    @Test
    void whatItIncludesCountsEachTime() throws IOException {
        Path file = Files.writeString(
                folder.resolve("main.conf"), lines(20, i -> "k%d { include \"part.conf\" }".formatted(i)));
        Files.writeString(folder.resolve("part.conf"), "k = \"" + "x".repeat(1 << 20) + "\"");

        refused(
                file,
                file + "  is too large to be read with all that it includes: at most 16777216 bytes are;"
                        + " divide it into several, each read by itself, or keep large texts and rows in files of their own");
    }

    @Test
    void includesThatMultiplyAreRefused() throws IOException {
        for (int i = 0; i < 8; i++) {
            String next = "include \"%d.conf\"\n".formatted(i + 1);
            Files.writeString(folder.resolve(i + ".conf"), next.repeat(10));
        }
        Files.writeString(folder.resolve("8.conf"), "x = 1");

        refused(
                folder.resolve("0.conf"),
                folder.resolve("7.conf") + ":7:1  includes one file too many: at most 5000 are, by all files together");
    }

    @Test
    void referencesOfWhatIsIncludedCountAtTheirPlace() throws IOException {
        Files.writeString(folder.resolve("part.conf"), "path = ${base}\"/x\"\nbase = /data");
        Path file = Files.writeString(
                folder.resolve("main.conf"), lines(200, i -> "k%d { include \"part.conf\" }".formatted(i)));
        Path again = Files.writeString(folder.resolve("again.conf"), "include \"add.conf\"\n".repeat(200));
        Path add = Files.writeString(folder.resolve("add.conf"), "\n  l += 1");

        assertThat(HoconReader.read(file, Map.of()).tree()).hasSize(200);
        refused(
                again,
                add
                        + ":2:3  l: is written 171 times with references (${…} and +=), which takes too long to resolve; write it in one place");
    }

    @Test
    void whatTheCommandLineSetsHasLimitsToo() throws IOException {
        Path file = Files.writeString(folder.resolve("main.conf"), "x = 1");

        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> HoconReader.read(file, Map.of("x", "[".repeat(100))))
                .withMessage("--set x  is nested more than 64 levels deep");
    }

    @Test
    void valuesThatSomebodyElseHasReadHaveLimitsToo() {
        String text = "a0 = 1\n" + lines(40, i -> "a%d = [ ${a%d}, ${a%<d} ]".formatted(i + 1, i));

        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> ConfigDocument.of(ConfigFactory.parseString(text)))
                .withMessage("String: 1  becomes more than 500000 values once references are written out;"
                        + " a value that is made several times of another, which is made so too, grows that fast");
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static void refused(String text, String message) {
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> HoconReader.parse("conf", text))
                .withMessage(message)
                .matches(refused -> refused.kind() == MillraceException.Kind.USER);
    }

    private static void refused(Path file, String message) {
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> HoconReader.read(file, Map.of()))
                .withMessage(message);
    }
}
