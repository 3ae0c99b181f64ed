package io.millrace.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.deadletter.DeadLetterBox;
import io.millrace.deadletter.LetterFilter;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dead letters of files: what they hold, and that they are sent through their ETL again, however they failed. */
@ExtendWith(MillraceSession.class)
class FileReplayIT {

    private static final LetterFilter KEEP = new LetterFilter("keep", null, null, null);
    private static final String CSV = "format = csv, options { header = true }";
    private static final String JSON = "format = json";
    private static final String MULTI_LINE = "format = json, options { multiLine = true }";

    private final SparkSession spark;
    private final Path folder;
    private String format = CSV;
    private String id = "INT";
    private String least = "0";
    private String others = "";

    FileReplayIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    @Tag("thorough")
    @ParameterizedTest
    @CsvSource({"csv,there", "csv,gone", "json,there", "json,gone", "lists,there", "lists,gone"})
    void whatIsMendedComesThroughAndTheRestIsDeadAgain(String records, String files) throws IOException {
        deliver(records);
        run(RunRequest.all());
        assertThat(kept()).containsExactly("1 a 1.50 2024-01-03");
        assertThat(letters())
                .containsExactly(
                        records.equals("csv")
                                ? new String[] {
                                    "3 two,2.5,\"x\ny\" | id is no INT: \"two\" | open",
                                    "5 3,abc,c | price is no DECIMAL(10,2): \"abc\" | open",
                                    "6 4,-4,d | expectation dear is not met: price > 0 is not true | open"
                                }
                                : new String[] {
                                    "2 {\"id\":\"two\",\"price\":2.5,\"name\":\"x\\ny\"} | id is no INT | open",
                                    "3 {\"id\":\"3\",\"price\":\"abc\",\"name\":\"c\"} | id is no INT, price is no"
                                            + " DECIMAL(10,2) | open",
                                    "5 {\"id\":4,\"price\":-4,\"name\":\"d\"} | expectation dear is not met: price > 0 is"
                                            + " not true | open"
                                });

        if (files.equals("gone")) {
            Files.delete(input(records));
        }
        id = "STRING";
        least = "-100";
        RunResult replayed = run(RunRequest.replay(KEEP));

        assertThat(replayed.etls().get(0).inputs()).containsExactly(new InputNumbers("events", 2, 1));
        assertThat(kept()).containsExactly("1 a 1.50 2024-01-03", "4 d -4.00 2024-01-03", "two x\ny 2.50 2024-01-03");
        List<String> after = letters();
        assertThat(after)
                .filteredOn(letter -> letter.endsWith("| open"))
                .hasSize(1)
                .allMatch(letter -> letter.contains("abc"));
        assertThat(after).filteredOn(letter -> letter.endsWith("| replayed")).hasSize(3);
        assertThat(after).allMatch(letter -> letter.matches("(?s)[2356] .*"));
    }

    /** It has committed its rows and fails with its dead letters; the next one goes on with what it had. */
    @Test
    void aReplayThatFailedHalfwayIsContinued() throws IOException {
        deliver("csv");
        run(RunRequest.all());
        id = "STRING";
        Path staging = folder.resolve("dead/_millrace/staging");
        Files.deleteIfExists(staging);
        Files.writeString(staging, "no folder");
        assertThatThrownBy(() -> run(RunRequest.replay(KEEP))).isInstanceOf(MillraceException.class);
        assertThat(kept()).hasSize(2);
        Files.delete(staging);

        RunResult continued = run(RunRequest.replay(new LetterFilter("keep", null, "NONE_OF_THESE", null)));

        assertThat(continued.etls().get(0).outputs().get(0).replayed()).isEqualTo(1);
        assertThat(kept()).containsExactly("1 a 1.50 2024-01-03", "two x\ny 2.50 2024-01-03");
        assertThat(letters())
                .filteredOn(letter -> letter.endsWith("| replayed"))
                .hasSize(3);
        assertThat(letters()).filteredOn(letter -> letter.endsWith("| open")).hasSize(2);
    }

    @Test
    void ofSeveralInputsTheOneWhoseLettersTheyAreIsReplayed() throws IOException {
        deliver("csv");
        Files.createDirectories(folder.resolve("names"));
        Files.writeString(folder.resolve("names/a.json"), "{\"name\": \"a\"}\n{\"name\": 1\n");
        others = ", names = names";

        run(RunRequest.all());

        String path = "file:" + folder + "/";
        assertThatThrownBy(() -> run(RunRequest.replay(KEEP)))
                .hasMessage(
                        ("ETL keep cannot be replayed: the dead letters are of several of its inputs; take those of one by"
                                        + " --where: for events \"(path = '%1$sin' OR startswith(path, '%1$sin/'))\", for names"
                                        + " \"(path = '%1$snames' OR startswith(path, '%1$snames/'))\"")
                                .formatted(path));
        id = "STRING";
        run(RunRequest.replay(new LetterFilter("keep", null, null, "path LIKE '%/in/%'")));
        assertThat(kept()).containsExactly("1 a 1.50 2024-01-03", "two x\ny 2.50 2024-01-03");
        run(RunRequest.replay(new LetterFilter("keep", null, null, "path LIKE '%/names/%'")));
        assertThat(box().letters(KEEP)
                        .filter("replayed AND path LIKE '%/names/%'")
                        .count())
                .isEqualTo(2); // one of the run, one of the first replay, which read the names as any run does
    }

    @Test
    void columnsThatEachRunFindsAnewCannotBeFoundInLetters() throws IOException {
        deliver("json");
        run(RunRequest.all());
        format = "none";

        assertThatThrownBy(() -> run(RunRequest.replay(KEEP)))
                .hasMessage("ETL keep cannot be replayed: the columns of json files in " + folder.resolve("in")
                        + " are found anew in the files by each run; add schema = \"name TYPE, …\" to the model");
    }

    private Path input(String records) {
        return folder.resolve("in/day=2024-01-03/a." + records);
    }

    private void deliver(String records) throws IOException {
        Path file = input(records);
        Files.createDirectories(file.getParent());
        String text =
                switch (records) {
                    case "csv" ->
                        """
                        id,price,name
                        1,1.5,a
                        two,2.5,"x
                        y"
                        3,abc,c
                        4,-4,d
                        """;
                    case "json" ->
                        """
                        {"id":1,"price":1.5,"name":"a"}
                        {"id":"two","price":2.5,"name":"x\\ny"}
                        {"id":"3","price":"abc","name":"c"}

                        {"id":4,"price":-4,"name":"d"}
                        """;
                    default ->
                        """
                        [{"id":1,"price":1.5,"name":"a"},
                        {"id":"two","price":2.5,"name":"x\\ny"},
                        {"id":"3","price":"abc","name":"c"},

                        {"id":4,"price":-4,"name":"d"}]
                        """;
                };
        Files.writeString(file, text, StandardCharsets.UTF_8);
        format = records.equals("csv") ? CSV : records.equals("json") ? JSON : MULTI_LINE;
    }

    private RunResult run(RunRequest request) {
        return new PipegraphRunner(spark, plan(), request, RunListener.NONE).run();
    }

    private DeadLetterBox box() {
        return new DeadLetterBox(spark, plan());
    }

    private PipegraphPlan plan() {
        String schema = format.equals("none")
                ? JSON
                : format + ", schema = \"id " + id + ", price DECIMAL(10,2), name STRING\"";
        String from = others.isEmpty() ? "events" : "events LEFT JOIN names USING (name)";
        String source = others.isEmpty() ? "" : ", events._source";
        String text =
                """
                pipegraph {
                  name = orders
                  state = "%1$s/state"
                  models {
                    events { product = files, value { path = "%1$s/in", %2$s } }
                    names { product = files, value { path = "%1$s/names", format = json, schema = "name STRING" } }
                    kept { product = files, value { path = "%1$s/kept" } }
                    dead { product = files, value { path = "%1$s/dead" } }
                  }
                  etls = [ { name = keep, inputs { events = events%3$s }, output = kept, dead-letters = dead
                    steps = [ { name = dated, sql = "SELECT string(id) AS id, name, price, string(day) AS day%4$s FROM %5$s" } ]
                    expectations = [ { name = dear, that = "price > %6$s", otherwise = dead-letter } ] } ]
                }
                """
                        .formatted(folder, schema, others, others.isEmpty() ? ", _source" : source, from, least);
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("orders.conf", text)));
    }

    /** The line, the text, the reason and what became of each, in this order. */
    private List<String> letters() {
        return box()
                .letters(KEEP)
                .orderBy("position", "failed_at")
                .selectExpr(
                        "position || ' ' || string(value) || ' | ' || reason || ' | ' || if(replayed, 'replayed', 'open')")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private List<String> kept() {
        return spark
                .read()
                .parquet(folder.resolve("kept").toString())
                .selectExpr("id || ' ' || name || ' ' || price || ' ' || day AS kept")
                .orderBy("kept")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
