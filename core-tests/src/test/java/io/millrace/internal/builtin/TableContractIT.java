package io.millrace.internal.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.EtlResult;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What contracts make of rows that their table has no room for. */
@ExtendWith(MillraceSession.class)
class TableContractIT {

    private static final String TABLE =
            "id BIGINT, place STRUCT<city: STRING>, lines ARRAY<STRUCT<n: INT>>, tags MAP<STRING, STRUCT<v: INT>>, price INT";
    private static final String ROWS = "id BIGINT, note STRING, place STRUCT<city: STRING, zip: STRING>,"
            + " lines ARRAY<STRUCT<n: INT, m: INT>>, tags MAP<STRING, STRUCT<v: INT, w: INT>>, price DOUBLE";

    private final SparkSession session;
    private final Path folder;

    TableContractIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @BeforeEach
    void rows() throws IOException {
        session.sql("CREATE TABLE delta.`" + folder + "/table` (" + TABLE + ") USING delta");
        given(
                "a.json",
                """
                { "id": 1, "place": { "city": "Rome" }, "lines": [ { "n": 1 } ], "tags": { "a": { "v": 1 } } }
                { "id": 2, "note": "new" }
                { "id": 3, "place": { "city": "Oslo", "zip": "0150" } }
                { "id": 4, "lines": [ { "n": 1 }, null, { "n": 2, "m": 3 } ] }
                { "id": 5, "tags": { "a": { "v": 1 }, "b": { "w": 2 } }, "note": "too" }
                { "id": 6, "price": 9 }
                { "id": 7 }
                """);
    }

    @Test
    void whatDoesNotFitBecomesADeadLetterRowByRow() {
        EtlResult result = run(
                "contract { table = dead-letter }, dead-letters = dead,"
                        + " expectations = [ { name = few, that = \"id < 7\", otherwise = drop } ]",
                ROWS);

        assertThat(result.outputs().get(0).counts()).isEqualTo(new Counts(1, 1, 5, 0, 0));
        assertThat(result.deadLetters()).isEqualTo(5);
        assertThat(table())
                .containsExactly(
                        "{\"id\":1,\"place\":{\"city\":\"Rome\"},\"lines\":[{\"n\":1}],\"tags\":{\"a\":{\"v\":1}}}");
        assertThat(dead())
                .containsExactly(
                        "2 schema CONTRACT_NOT_MET the row does not fit output table: note STRING, wanted (no such column)",
                        "3 schema CONTRACT_NOT_MET the row does not fit output table: place.zip STRING, wanted (no such column)",
                        "4 schema CONTRACT_NOT_MET the row does not fit output table: lines.element.m INT, wanted (no such column)",
                        "5 schema CONTRACT_NOT_MET the row does not fit output table: note STRING, wanted (no such column);"
                                + " tags.value.w INT, wanted (no such column)",
                        "6 schema CONTRACT_NOT_MET the row does not fit output table: price DOUBLE, wanted INT");
    }

    @Test
    void aFrozenTableRefusesTheBatchAsAWhole() {
        MillraceException refused =
                catchThrowableOfType(MillraceException.class, () -> run("contract { table = freeze }", ROWS));

        assertThat(refused.kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(refused)
                .hasMessage(
                        """
                        ETL write: the rows do not fit output table:
                          column           wanted            given
                          note             (no such column)  STRING
                          place.zip        (no such column)  STRING
                          lines.element.m  (no such column)  INT
                          tags.value.w     (no such column)  INT
                          price            INT               DOUBLE
                          the contract freezes the columns; leave these out in a step, give the target the columns, or write contract { table = evolve }""");
        assertThat(table()).isEmpty();
    }

    @Test
    void aFrozenTableTakesRowsThatFit() {
        run("contract { table = freeze }", TABLE);

        assertThat(table()).hasSize(7);
    }

    @Test
    void anEvolvingTableGetsTheColumnsAndLackingOnesAreNull() {
        run("contract { table = evolve }", ROWS.replace(", price DOUBLE", ""));

        assertThat(table())
                .contains(
                        "{\"id\":3,\"place\":{\"city\":\"Oslo\",\"zip\":\"0150\"}}",
                        "{\"id\":5,\"tags\":{\"a\":{\"v\":1},\"b\":{\"w\":2}},\"note\":\"too\"}")
                .hasSize(7);
        assertThat(session.read().format("delta").load(folder + "/table").columns())
                .containsExactly("id", "place", "lines", "tags", "price", "note");
    }

    @Test
    void whatIsNewIsLeftOutOtherwise() {
        run("", ROWS.replace(", price DOUBLE", ", price INT"));

        assertThat(table()).contains("{\"id\":2}", "{\"id\":3,\"place\":{\"city\":\"Oslo\"}}");
    }

    /** Else its letters would be neither in the table nor among the dead letters. */
    @Test
    void aBatchThatIsRepeatedIsJudgedAsItWasAtItsFirstAttempt() throws IOException {
        String stream = "contract { table = dead-letter }, dead-letters = dead, trigger = available-now";
        String rows = TABLE + ", note STRING";
        Path inTheWay = Files.writeString(folder.resolve("dead"), "no folder");
        assertThatThrownBy(() -> run(stream, rows)).isInstanceOf(MillraceException.class);
        assertThat(table()).as("the good part is committed").hasSize(5);

        Files.delete(inTheWay);
        session.sql("ALTER TABLE delta.`" + folder + "/table` ADD COLUMNS (note STRING)");
        given("b.json", "{ \"id\": 8, \"note\": \"known now\" }");
        EtlResult again = run(stream.replace("dead-letter }", "evolve }"), rows);

        assertThat(again.outputs().get(0).replayed()).isEqualTo(1);
        assertThat(table()).contains("{\"id\":8,\"note\":\"known now\"}").hasSize(6);
        assertThat(dead()).extracting(letter -> letter.substring(0, 1)).containsExactly("2", "5");
    }

    /** It was killed when Spark had noted it, and nothing else. */
    @Test
    void aBatchOfWhichNothingIsKeptIsJudged() throws IOException {
        String stream = "contract { table = dead-letter }, dead-letters = dead, trigger = available-now";
        String rows = TABLE + ", note STRING";
        Path inTheWay = Files.writeString(folder.resolve("dead"), "no folder");
        assertThatThrownBy(() -> run(stream, rows)).isInstanceOf(MillraceException.class);
        Files.delete(inTheWay);
        Files.delete(folder.resolve("state/checkpoints/contract/write/_millrace-findings.json"));

        run(stream, rows);

        assertThat(table()).hasSize(5);
        assertThat(dead()).hasSize(2);
    }

    private void given(String file, String lines) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("given")).resolve(file), lines);
    }

    private EtlResult run(String etl, String rows) {
        String text =
                """
                pipegraph {
                  name = contract, state = "FOLDER/state"
                  models {
                    given { product = files, value { path = "FOLDER/given", format = json, schema = "ROWS" } }
                    table { product = table, value { path = "FOLDER/table" } }
                    dead { product = files, value { path = "FOLDER/dead" } }
                  }
                  etls = [ { name = write, inputs { given = given }, output = table, ETL } ]
                }
                """
                        .replace("ETL }", etl + " }")
                        .replace("FOLDER", folder.toString())
                        .replace("ROWS", rows);
        PipegraphPlan plan = new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("contract.conf", text)));
        return new PipegraphRunner(session, plan, RunRequest.all(), RunListener.NONE)
                .run()
                .etl("write");
    }

    private List<String> table() {
        return session.read()
                .format("delta")
                .load(folder + "/table")
                .orderBy("id")
                .toJSON()
                .collectAsList();
    }

    private List<String> dead() {
        return session
                .read()
                .parquet(folder + "/dead")
                .selectExpr("get_json_object(string(value), '$.id') AS id", "stage", "reason_code", "reason")
                .orderBy("id")
                .collectAsList()
                .stream()
                .map(row -> row.mkString(" "))
                .toList();
    }
}
