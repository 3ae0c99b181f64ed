package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Millrace;
import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import io.millrace.flare.internal.depot.Depots;
import io.millrace.workflow.LoadedWorkflow;
import io.millrace.workflow.WorkflowSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the tables of the page on Flare with what its reader knows, ignores and refuses. */
class FlareKeysTest {

    private static final String ADDRESS = "dataos://lake:x/a?acl=rw";

    /** Each section begins with its name in brackets, where a key is put in. */
    private static final String NEWER =
            """
            { [root] version: v1, name: w, type: workflow, workflow: { [workflow] schedule: { [schedule] cron: '@daily' }, dag: [ { [dag] name: j,
              spec: { [spec] retry: { [retry] count: 1 }, stack: flare, stackSpec: { [stackSpec] job: { [job]
                inputs: [ { [inputs] name: a, dataset: 'ADDRESS', incremental: { [incremental] context: c, sql: SELECT 1,
                  keys: [ { [keys] name: k, sql: SELECT 1 } ], state: [ { [state] key: k, value: k } ] } } ],
                steps: [ { [steps] sequence: [ { [sequence] name: s, sql: SELECT * FROM a } ] } ],
                outputs: [ { [outputs] name: s, dataset: 'ADDRESS', options: { [options] saveMode: append,
                  sort: { [sort] columns: [ { name: c } ] },
                  iceberg: { [iceberg] partitionSpec: [ { [partitionSpec] type: day, column: c } ],
                    merge: { [merge] onClause: x, whenClause: MATCHED THEN DELETE } } },
                  assertions: [ { [assertions] column: c, tests: [ avg > 1 ] } ] } ],
                streaming: { [streaming] outputMode: append },
                actions: [ { [actions] name: rewrite_manifest, input: a } ] } } } } ] } }
            """;

    private static final String OLDER =
            """
            { name: w, type: workflow, workflow: { dag: [ { name: j, spec: { stack: flare, flare: { job: {
                inputs: [ { name: a, dataset: 'ADDRESS' } ],
                steps: [ { sink: [ { [sink] sequenceName: a, datasetName: b, outputName: o, outputOptions: { saveMode: append } } ] } ],
                outputs: [ { [outputs] name: o, depot: 'ADDRESS' } ] } } } } ] } }
            """;

    private static final String TOOLS =
            """
            { name: w, type: workflow, workflow: { dag: [
                { name: j, spec: { stack: alpha, alpha: { [alpha] arguments: [dataset, set-metadata, --address, 'ADDRESS', --version, latest] } } },
                { name: k, spec: { stack: toolbox, toolbox: { [toolbox] dataset: 'ADDRESS', action: { name: set_version, value: latest } } } } ] } }
            """;

    private final Page page = Page.at("docs/flare.md");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "## The document, root",
        "## workflow, workflow",
        "### schedule, schedule",
        "### dag, dag",
        "### retry, retry",
        "## spec, spec",
        "### stackSpec, stackSpec",
        "## job, job",
        "### inputs, inputs",
        "### incremental, incremental",
        "### keys, keys",
        "### state, state",
        "### steps, steps",
        "### sequence, sequence",
        "### sink, sink",
        "### outputs, outputs",
        "### options, options",
        "### sort, sort",
        "### iceberg, iceberg",
        "### partitionSpec, partitionSpec",
        "### merge, merge",
        "### streaming, streaming",
        "### assertions, assertions",
        "### actions, actions",
        "### alpha, alpha",
        "### toolbox, toolbox"
    })
    void theKeysOfASectionAreThose(String heading, String section) throws IOException {
        Set<String> known = new TreeSet<>();
        for (String shape : List.of(NEWER, OLDER, TOOLS)) {
            known.addAll(known(load(shape, section, KnownKeys.BOGUS)));
        }
        if (section.equals("spec")) {
            known.addAll(List.of("alpha", "toolbox"));
        }

        assertThat(keys(heading)).isEqualTo(known);
        for (List<String> row : page.table(heading)) {
            if (!row.get(1).equals("read") && !row.get(1).equals("text")) {
                assertThat(said(section, row.get(0))).as(row.toString()).isEqualTo(row.get(1));
            }
        }
    }

    /** What the tables of other words list is what is said to be known where an unknown one is written. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "### functions | sql: SELECT * FROM a | sql: SELECT * FROM a, functions: [ { name: qqqqqqqqqqqq } ]",
                "### assertions | avg > 1 | qqqqqqqqqqqq > 1"
            })
    void theFunctionsAndMetricsAreThose(String heading, String written, String unknown) throws IOException {
        LoadedWorkflow loaded = read(plain(NEWER).replace(written, unknown));
        String known = loaded.problems().stream()
                .map(Problem::message)
                .filter(message -> message.contains(KnownKeys.BOGUS + "\"; known: "))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*known: ", "")
                .replaceFirst(";.*", "");

        List<String> lines =
                page.lines().subList(page.lines().indexOf(heading), page.lines().size());
        int table = Stream.of("| function |", "| metric |")
                .mapToInt(head -> first(lines, head))
                .filter(line -> line > 0)
                .min()
                .orElseThrow();
        Set<String> documented = lines.subList(table + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|", -1)[1].replace("`", "").strip())
                .flatMap(cell -> Stream.of(cell.split(", ", -1)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(new TreeSet<>(List.of(known.split(", ", -1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "### kind = files | kind = files, path = x",
                "### kind = iceberg | kind = iceberg, warehouse = x",
                "### kind = kafka | kind = kafka, bootstrap-servers = x"
            })
    void theKeysOfADepotAreThose(String heading, String depot) {
        String message = "";
        try {
            Depots.of(HoconReader.parse("depots", "depots.d { " + depot + ", " + KnownKeys.BOGUS + " = 1 }"));
        } catch (MillraceException refused) {
            message = refused.getMessage();
        }

        assertThat(keys(heading))
                .isEqualTo(new TreeSet<>(
                        List.of(message.replaceFirst(".*known: ", "").split(", ", -1))));
    }

    @Test
    void theShapesAreRight() throws IOException {
        for (String shape : List.of(NEWER, OLDER, TOOLS)) {
            assertThat(read(plain(shape)).problems()).isEmpty();
        }
    }

    private static int first(List<String> lines, String head) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(head)) {
                return i;
            }
        }
        return 0;
    }

    private Set<String> keys(String heading) {
        return page.table(heading).stream().map(row -> row.get(0)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> known(LoadedWorkflow loaded) {
        return loaded.problems().stream()
                .filter(problem -> problem.path().endsWith(KnownKeys.BOGUS))
                .flatMap(problem -> Stream.of(
                        problem.message().replaceFirst(".*known: ", "").split(", ", -1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns what becomes of a key that is written: ignored, with a warning, or refused. */
    private String said(String section, String key) throws IOException {
        for (String shape : List.of(NEWER, OLDER, TOOLS)) {
            LoadedWorkflow loaded = load(shape, section, key);
            if (at(key, loaded.warnings()).anyMatch(message -> message.startsWith("is ignored: "))) {
                return "ignored";
            }
            if (at(key, loaded.problems()).anyMatch(message -> message.startsWith("is not supported"))) {
                return "refused";
            }
        }
        return "read";
    }

    private static Stream<String> at(String key, List<Problem> problems) {
        return problems.stream()
                .filter(problem ->
                        problem.path().endsWith("." + key) || problem.path().equals(key))
                .map(Problem::message);
    }

    private LoadedWorkflow load(String shape, String section, String key) throws IOException {
        boolean written = key.equals("schedule");
        return read(plain(written ? shape : shape.replace("[" + section + "]", key + ": 1,")));
    }

    private static String plain(String shape) {
        return shape.replaceAll("\\[\\w+]\\s", "").replace("ADDRESS", ADDRESS);
    }

    private LoadedWorkflow read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("w.yaml"), yaml);
        ConfigDocument depots = HoconReader.parse("depots", "depots.lake { kind = iceberg, warehouse = \"/lake\" }");
        return Millrace.workflows().load(file, new WorkflowSettings(Map.of(), null, depots));
    }
}
