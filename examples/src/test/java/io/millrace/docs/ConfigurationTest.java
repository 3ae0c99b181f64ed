package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.PluginRegistry;
import io.millrace.spi.ModelPlugin;
import io.millrace.spi.OptionDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the tables of the configuration reference with what plugins describe and with what the decoders accept. */
class ConfigurationTest {

    private static final String BOGUS = KnownKeys.BOGUS;

    private static final String SHAPE =
            """
            plugin.microservice-catalog.entities = [ { coordinates { domain = d, name = n, version = v1 }, table = t, format = Delta, location = "/l" } ]
            pipegraph {
              name = p
              models { m { product = parallelWrite, value { %s } } }
              etls = [ { name = e
                inputs { v { model = m } }
                steps = [ { name = s, sql = "SELECT * FROM v" } ]
                outputs = [ { model = m } ]
                expectations = [ { name = x, that = "true", otherwise = warn } ]
                %s } ]
              %s
            }
            """;
    private static final String UPSERT =
            "writerDetails { writerType = continuousUpdate, keys = [k], orderingExpression = o }, entityDetails { domain = d, name = n, version = v1 }";
    private static final String APPEND =
            "writerDetails { writerType = parallelWrite, saveMode = append }, entityDetails { domain = d, name = n, version = v1 }";

    private final Page page = Page.at("docs/configuration.md");

    @ParameterizedTest
    @CsvSource({
        "## pipegraph, pipegraph, ''",
        "## models, pipegraph.models.m, 'models.m.'",
        "## etls, pipegraph.etls[0], 'ETL'",
        "### inputs, pipegraph.etls[0].inputs.v, 'inputs.v.'",
        "### steps, pipegraph.etls[0].steps[0], 'steps = [ { name = s, sql = \"SELECT * FROM v\", %s = 1 } ]'",
        "### outputs, pipegraph.etls[0].outputs[0], 'outputs = [ { model = m, %s = 1 } ]'",
        "### dead-letter-limit, pipegraph.etls[0].dead-letter-limit, 'dead-letter-limit { percent = 1, %s = 1 }'",
        "### contract, pipegraph.etls[0].contract, 'contract.%s = 1'",
        "### expectations, pipegraph.etls[0].expectations[0], 'expectations = [ { name = x, that = \"true\", otherwise = warn, %s = 1 } ]'"
    })
    void theKeysOfAPipegraphAreThose(String heading, String path, String where) {
        boolean ofEtl = path.contains("etls");
        String bogus = where.contains("%s") ? where.formatted(BOGUS) : where.replace("ETL", "") + BOGUS + " = 1";
        String text = SHAPE.formatted(APPEND, ofEtl ? bogus : "", ofEtl ? "" : bogus);

        assertThat(documented(heading)).isEqualTo(KnownKeys.at(path, text));
    }

    @Test
    void theKeysOfLateDataAreThose() {
        String text =
                SHAPE.formatted(APPEND, "", "") + "\nlate-data { input = m, partition-by = day, " + BOGUS + " = 1 }";

        assertThat(documented("## late-data")).isEqualTo(KnownKeys.at("late-data", text));
    }

    @ParameterizedTest
    @CsvSource({
        "## workflow, workflow, 'name = w, %s = 1, jobs = [ { name = a, file = f } ]'",
        "### jobs, workflow.jobs[0], 'name = w, jobs = [ { name = a, file = f, %s = 1 } ]'",
        "### retry, workflow.jobs[0].retry, 'name = w, jobs = [ { name = a, file = f, retry { count = 1, %s = 1 } } ]'",
        "### actions, workflow.jobs[0].actions[0], 'name = w, jobs = [ { name = a, file = f, actions = [ { name = x, model = m, %s = 1 } ] } ]'"
    })
    void theKeysOfAWorkflowAreThose(String heading, String path, String text, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("w.conf"), "workflow { " + text.formatted(BOGUS) + " }");

        assertThat(documented(heading)).isEqualTo(KnownKeys.ofWorkflow(file, path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "### entities; plugin.microservice-catalog.entities[0]; entities = [ { coordinates { domain = a, name = b, version = c }, table = d, format = Delta, location = e, %s = 1 } ]",
                "### exchange; plugin.microservice-catalog.exchange; exchange.%s = 1"
            })
    void theKeysOfTheCatalogAreThose(String heading, String path, String bogus) {
        assertThat(documented(heading)).isEqualTo(KnownKeys.at(path, catalog(bogus.formatted(BOGUS))));
    }

    @Test
    void theWaysToACatalogAreThose() {
        Set<String> known = new TreeSet<>(KnownKeys.at("plugin.microservice-catalog", catalog(BOGUS + " = 1")));
        known.addAll(KnownKeys.at(
                "plugin.microservice-catalog",
                catalog("entities = null, base-url = \"http://h/{name}\", " + BOGUS + " = 1")));

        assertThat(documented("## plugin.microservice-catalog")).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({"## plugin.iceberg, plugin.iceberg, ''", "### catalogs, plugin.iceberg.catalogs.c, catalogs.c."})
    void theKeysOfIcebergsCatalogsAreThose(String heading, String path, String where) {
        String text =
                """
                plugin.iceberg { %s%s = 1 }
                pipegraph { name = p, models { m { product = iceberg, value { table = c.t } } }, etls = [ { name = e, inputs { v = m }, output = m } ] }
                """
                        .formatted(where, BOGUS);

        assertThat(documented(heading)).isEqualTo(KnownKeys.at(path, text));
    }

    @Test
    void everyProductIsThere() {
        List<String> headings = page.lines().stream()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4))
                .toList();

        assertThat(headings).containsAll(products().map(ModelPlugin::product).toList());
    }

    @ParameterizedTest
    @MethodSource("products")
    void theTableOfAProductIsItsDescription(ModelPlugin plugin) {
        List<List<String>> described = plugin.options().stream()
                .map(option -> List.of(option.name(), option.type(), option.standard(), option.meaning()))
                .toList();

        assertThat(page.table("### " + plugin.product())).isEqualTo(described);
    }

    /** What is described is known to the decoders, and nothing else is. */
    @ParameterizedTest
    @MethodSource("products")
    void aProductKnowsWhatItDescribes(ModelPlugin plugin) {
        Map<String, Set<String>> described = new TreeMap<>();
        for (OptionDescription option : plugin.options()) {
            String[] parts = option.name().split("\\.");
            for (int i = 0; i < parts.length; i++) {
                String parent = String.join(".", List.of(parts).subList(0, i));
                described.computeIfAbsent(parent, absent -> new TreeSet<>()).add(parts[i]);
            }
        }

        Map<String, Set<String>> known = new TreeMap<>();
        described.keySet().forEach(parent -> known.put(parent, known(plugin.product(), parent)));

        assertThat(known).isEqualTo(described);
    }

    /** Those of the test kit and of the tests themselves are not for users' configurations. */
    static Stream<ModelPlugin> products() {
        return PluginRegistry.ofClassPath().products().values().stream()
                .filter(plugin -> !plugin.getClass().getName().matches("com\\.acme\\..*|io\\.millrace\\.testkit\\..*"));
    }

    /** Returns the keys that the product knows below a parent, read or written. */
    private static Set<String> known(String product, String parent) {
        PluginRegistry plugins = PluginRegistry.ofClassPath();
        String bogus = (parent.isEmpty() ? "" : parent + ".") + BOGUS + " = 1";
        List<String> values =
                switch (product) {
                    case "parallelWrite" -> List.of(APPEND + "\n" + bogus, UPSERT + "\n" + bogus);
                    case "table", "iceberg" -> List.of(bogus, "save-mode = upsert\n" + bogus);
                    default -> List.of(bogus);
                };
        String path = "pipegraph.models.m.value" + (parent.isEmpty() ? "" : "." + parent);
        List<String> uses = new ArrayList<>();
        plugins.source(product).ifPresent(source -> uses.add("inputs { v = m }, output = n"));
        plugins.sink(product).ifPresent(sink -> uses.add("inputs { v = n }, output = m"));
        return uses.stream()
                .flatMap(use -> values.stream()
                        .map(value -> "models { m { product = " + product + ", value { " + value
                                + " } } }, etls = [ { name = e, " + use + " } ] }"))
                .flatMap(text -> KnownKeys.at(
                        path,
                        "plugin.microservice-catalog.entities = [ { coordinates { domain = d, name = n, version = v1 }, table = t, format = Delta, location = \"/l\" } ]\n"
                                + "pipegraph { name = p, " + text)
                        .stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> documented(String heading) {
        return page.table(heading).stream().map(row -> row.get(0)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String catalog(String settings) {
        return SHAPE.formatted(APPEND, "", "") + "\nplugin.microservice-catalog { " + settings + " }";
    }
}
