package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.config.MillraceException;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entities under a contract. */
@ExtendWith(MillraceSession.class)
class SchemaContractIT {

    private final SparkSession session;
    private final Path folder;

    SchemaContractIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void anEntityGetsTheColumnsThatAreNew(String format) throws IOException {
        Lake lake = lake(format);
        given("1.json", "{ \"id\": 1, \"day\": \"a\" }");
        run(lake, "id BIGINT, day STRING", "contract { table = evolve }");
        given("2.json", "{ \"id\": 2, \"price\": 2.5, \"note\": \"new\" }");

        run(lake, "note STRING, id BIGINT, price DOUBLE", "contract { table = evolve }");

        assertThat(lake.table("events"))
                .containsExactly("{\"id\":1,\"day\":\"a\"}", "{\"id\":2,\"note\":\"new\",\"price\":2.5}");
        assertThat(session.table(lake.database() + ".events").columns())
                .containsExactlyInAnyOrder("id", "day", "note", "price");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void anEntityCanBeFrozenOrKeepRowsAside(String format) throws IOException {
        Lake lake = lake(format);
        given("1.json", "{ \"id\": 1, \"day\": \"a\" }\n{ \"id\": 2, \"day\": \"a\", \"note\": \"new\" }");
        String rows = "id BIGINT, day STRING, note STRING";

        MillraceException refused =
                catchThrowableOfType(MillraceException.class, () -> run(lake, rows, "contract = freeze"));
        var counts = run(lake, rows, "contract { table = dead-letter }, dead-letters = dead");

        assertThat(refused)
                .hasMessage(
                        """
                        ETL write: the rows do not fit output target:
                          column  wanted            given
                          note    (no such column)  STRING
                          the contract freezes the columns; leave these out in a step, give the target the columns, or write contract { table = evolve }""");
        assertThat(counts).isEqualTo(new Counts(1, 0, 1, 0, 0));
        assertThat(lake.table("events")).containsExactly("{\"id\":1,\"day\":\"a\"}");
        assertThat(session.read()
                        .parquet(folder + "/dead")
                        .select("reason")
                        .head()
                        .getString(0))
                .isEqualTo("the row does not fit output target: note STRING, wanted (no such column)");
    }

    @Test
    void fieldsOfStructsCannotBeAddedToParquetTables() throws IOException {
        Lake lake = Lake.events(session, folder, "Parquet", "id BIGINT, place STRUCT<city: STRING>", "");
        given("1.json", "{ \"id\": 1, \"place\": { \"zip\": \"0150\" } }");

        MillraceException refused = catchThrowableOfType(
                MillraceException.class,
                () -> run(
                        lake,
                        "id BIGINT, note STRING, place STRUCT<city: STRING, zip: STRING>",
                        "contract { table = evolve }"));

        assertThat(refused)
                .hasMessage(lake.target("Parquet")
                        + ": Parquet tables get no new fields in their structs, only whole columns; new are place.zip STRING, note STRING;"
                        + " make it a Delta entity, or leave the fields out in a step");
    }

    private Lake lake(String format) {
        return Lake.events(session, folder, format, "id BIGINT, day STRING", "");
    }

    private Counts run(Lake lake, String rows, String etl) {
        String text = lake.text(
                        "writerType = parallelWrite, saveMode = append",
                        "events",
                        "path = \"$folder/given\", schema = \"" + rows + "\"",
                        etl)
                .replace("models {", "models { dead { product = files, value { path = \"$folder/dead\" } }")
                .replace("$folder", folder.toString());
        return lake.run(Lake.plan(text)).etl("write").outputs().get(0).counts();
    }

    private void given(String file, String lines) throws IOException {
        Files.deleteIfExists(folder.resolve("given/1.json"));
        Files.writeString(Files.createDirectories(folder.resolve("given")).resolve(file), lines);
    }
}
