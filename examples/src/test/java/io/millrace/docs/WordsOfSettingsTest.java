package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Millrace;
import io.millrace.catalog.Spelling;
import io.millrace.catalog.UpsertSetting;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.spi.ModelPlugin;
import io.millrace.spi.OptionDescription;
import io.millrace.workflow.WorkflowSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Words of settings are read in any case, with or without hyphens, wherever a setting takes one of some words; see docs/configuration.md. */
class WordsOfSettingsTest {

    private static final String NONE = "qqqqqqqqqqqq";
    private static final String OFFSETS =
            "must be earliest, latest, or { TOPIC { PARTITION = OFFSET } }, where an offset may be earliest or latest too";

    private static final String CATALOG =
            "plugin.microservice-catalog.entities = [ { coordinates { domain = d, name = n, version = v1 }, table = t, format = %s, location = \"/l\" } ]\n";
    private static final String ETL =
            "pipegraph { name = p, models { m { product = console } }, etls = [ { name = e, inputs { v = m }, %s } ] }";

    /**
     * A setting.
     *
     * @param path where it is in the text
     * @param text a configuration, with %s for the word
     * @param words those that the page lists
     * @param refusal what is said of another word
     */
    private record Setting(String path, String text, List<String> words, String refusal) {

        static Setting of(String path, String text, String... words) {
            return new Setting(
                    path,
                    text,
                    List.of(words),
                    "unknown value \"" + NONE + "\"; known: " + String.join(", ", new TreeSet<>(List.of(words))));
        }

        Setting saying(String other) {
            return new Setting(path, text, words, other);
        }

        @Override
        public String toString() {
            return path + " = " + words;
        }
    }

    static Stream<Setting> settings() {
        return Stream.concat(Stream.concat(ofEtls(), ofCatalogs()), Stream.concat(ofUpserts(), described()));
    }

    private static Stream<Setting> ofEtls() {
        String etl = "pipegraph.etls[0].";
        String[] policies = {"evolve", "freeze", "discard", "dead-letter"};
        return Stream.of(
                Setting.of(
                                etl + "trigger",
                                ETL.formatted("output = m, trigger = %s"),
                                "batch",
                                "available-now",
                                "continuous")
                        .saying("unknown value \"" + NONE
                                + "\"; known: available-now, batch, continuous, or trigger { every = 10s }"),
                Setting.of(etl + "contract", ETL.formatted("output = m, contract = %s"), policies),
                Setting.of(etl + "contract.record", ETL.formatted("output = m, contract.record = %s"), policies),
                Setting.of(etl + "contract.table", ETL.formatted("output = m, contract.table = %s"), policies),
                Setting.of(
                        etl + "expectations[0].otherwise",
                        ETL.formatted("output = m, expectations = [ { name = x, that = \"true\", otherwise = %s } ]"),
                        "warn",
                        "drop",
                        "dead-letter",
                        "fail"));
    }

    private static Stream<Setting> ofCatalogs() {
        return Stream.of(
                Setting.of(
                                "plugin.microservice-catalog.entities[0].format",
                                CATALOG
                                        + ETL.formatted("output = m")
                                                .replace("product = console", "product = parallelWrite"),
                                "Parquet",
                                "Delta",
                                "Iceberg")
                        .saying("unknown format \"" + NONE + "\"; known: Delta, Iceberg, Parquet"),
                Setting.of(
                        "plugin.iceberg.catalogs.c.type",
                        "plugin.iceberg.catalogs.c { type = %s, warehouse = /w, uri = u }\n"
                                + ETL.formatted("output = m")
                                        .replace("product = console", "product = iceberg, value { table = c.t }"),
                        "jdbc",
                        "rest",
                        "hive",
                        "hadoop"));
    }

    private static Stream<Setting> ofUpserts() {
        return Stream.of(
                upsert("onTie", "pickOne", "fail", "deadLetter"),
                upsert("onEqualOrdering", "keepIncoming", "keepExisting"),
                upsert("onNullOrdering", "oldest", "fail", "deadLetter"),
                upsert("onNullKey", "fail", "deadLetter", "allow"),
                upsert("onStale", "skip", "deadLetter"),
                upsert("schemaEvolution", "none", "additive"));
    }

    private static Setting upsert(String key, String... words) {
        return Setting.of(
                "pipegraph.models.m.value.writerDetails." + key,
                model(
                        "parallelWrite",
                        "writerDetails { writerType = continuousUpdate, keys = [k], orderingExpression = o, " + key
                                + " = %s }"),
                words);
    }

    /** The options of products whose description lists words, such as {@code append | overwrite}. */
    private static Stream<Setting> described() {
        Pattern words = Pattern.compile("([A-Za-z-]+(?: \\| [A-Za-z-]+)+|latest)(?: \\| \\{.*)?");
        return ConfigurationTest.products().flatMap(plugin -> plugin.options().stream()
                .filter(option -> !option.type().equals("true | false")
                        && words.matcher(option.type()).matches())
                .map(option -> described(plugin, option, words.matcher(option.type()))));
    }

    private static Setting described(ModelPlugin plugin, OptionDescription option, Matcher words) {
        assertThat(words.matches()).isTrue();
        Setting setting = Setting.of(
                "pipegraph.models.m.value." + option.name(),
                model(plugin.product(), around(plugin, option) + option.name() + " = %s"),
                words.group(1).split(" \\| "));
        return option.name().endsWith("-offsets") ? setting.saying(OFFSETS) : setting;
    }

    /** What else has to be written where the option has a meaning. */
    private static String around(ModelPlugin plugin, OptionDescription option) {
        boolean entity = plugin.product().equals("parallelWrite");
        String key = option.name().replace("writerDetails.", "");
        boolean upsert = Stream.of(UpsertSetting.values())
                .anyMatch(setting -> setting != UpsertSetting.SYMLINK_MANIFEST
                        && setting.key(entity ? Spelling.CAMEL : Spelling.KEBAB).equals(key));
        if (upsert) {
            return entity ? "writerDetails.writerType = continuousUpdate, " : "save-mode = upsert, ";
        }
        return entity ? "writerDetails.writerType = parallelWrite, " : "";
    }

    private static String model(String product, String value) {
        return CATALOG.formatted("Delta") + "pipegraph { name = p, state = /s, models { m { product = " + product
                + ", value { " + value
                + " } }, n { product = console } }, etls = [ { name = r, inputs { v = m }, output = n },"
                + " { name = w, inputs { v = m }, output = m } ] }";
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aWordIsReadInEachSpelling(Setting setting) {
        assertThat(problems(setting, NONE)).contains(setting.refusal());
        String beginning = setting.refusal().replaceFirst("\".*", "");
        for (String word : setting.words()) {
            for (String spelling : spellings(word)) {
                assertThat(problems(setting, spelling))
                        .as(spelling)
                        .noneMatch(message -> message.startsWith(beginning));
            }
        }
    }

    @ParameterizedTest
    @MethodSource
    void soAreThoseOfAWorkflow(String word, @TempDir Path folder) throws IOException {
        String text = "workflow { name = w, jobs = [ { name = a, file = f, retry { count = 1, on = %s } } ] }";
        Path file = Files.writeString(folder.resolve("w.conf"), text.formatted(word));

        assertThat(Millrace.workflows().load(file, WorkflowSettings.NONE).problems())
                .extracting(Problem::path)
                .doesNotContain("workflow.jobs[0].retry.on");
    }

    static Stream<String> soAreThoseOfAWorkflow() {
        return Stream.of("always", "failure", "error", "transient").flatMap(word -> spellings(word).stream());
    }

    /** As it is, shouted, in camelCase, in kebab-case, with underscores, and with nothing between its parts. */
    private static Set<String> spellings(String word) {
        String kebab = word.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        String camel = Pattern.compile("-(.)").matcher(kebab).replaceAll(found -> found.group(1)
                .toUpperCase(Locale.ROOT));
        return new TreeSet<>(List.of(
                word,
                kebab,
                camel,
                kebab.replace('-', '_'),
                kebab.replace("-", ""),
                kebab.replace('-', '_').toUpperCase(Locale.ROOT)));
    }

    /** What is said of the setting, read and written. */
    private static List<String> problems(Setting setting, String word) {
        try {
            new Planner(PluginRegistry.ofClassPath())
                    .plan(PipegraphLoader.load(
                            HoconReader.parse("text", setting.text().formatted(word))));
            return List.of();
        } catch (MillraceException refused) {
            return refused.problems().stream()
                    .filter(problem -> problem.path().equals(setting.path()))
                    .map(Problem::message)
                    .toList();
        }
    }
}
