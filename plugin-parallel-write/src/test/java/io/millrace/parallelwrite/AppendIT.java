package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceException;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.Counts;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsDiscard;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Save modes, schema enforcement and replays, the same for every format. */
@ExtendWith(MillraceSession.class)
class AppendIT {

    private static final String SCHEMA = "id BIGINT NOT NULL, name STRING, tags MAP<STRING, INT>, "
            + "address STRUCT<city: STRING, lines: ARRAY<STRING>>";

    private final SparkSession session;
    private final Path folder;

    AppendIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void appendsNestedRowsAndMakesTheTable(String format) {
        Lake lake = lake(format);
        Sink sink = lake.sink("append");

        CommitOutcome first = Lake.write(sink, "one", rows(1, "ada"));
        CommitOutcome second = Lake.write(sink, "two", rows(2, "bob"));

        assertThat(first).isInstanceOf(Committed.class);
        assertThat(((Committed) first).counts()).isEqualTo(Counts.committed(1));
        assertThat(((Committed) second).counts()).isEqualTo(Counts.committed(1));
        assertThat(lake.table("events"))
                .containsExactly(
                        "{\"id\":1,\"name\":\"ada\",\"tags\":{\"a\":1},\"address\":{\"city\":\"Köln\",\"lines\":[\"x\",\"y\"]}}",
                        "{\"id\":2,\"name\":\"bob\",\"tags\":{\"a\":2},\"address\":{\"city\":\"Köln\",\"lines\":[\"x\",\"y\"]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void writesABatchThatComesAgainOnce(String format) {
        Lake lake = lake(format);
        Sink sink = lake.sink("append");
        Committed committed = (Committed) Lake.write(sink, "one", rows(1, "ada"));

        CommitOutcome again = Lake.write(lake.sink("append"), "one", rows(1, "ada"));

        assertThat(again).isEqualTo(new AlreadyCommitted(committed.commit()));
        assertThat(lake.table("events")).hasSize(1);
    }

    @Test
    void whatADeadRunHadMovedIsDiscarded() throws IOException {
        Sink sink = lake("Parquet").sink("append");
        Lake.write(sink, "one", rows(1, "ada"));
        Committed committed = (Committed) Lake.write(sink, "two", rows(2, "bob"));
        Path events = folder.resolve("events");
        String key = Lake.batch("two", rows(2, "bob")).id().key();
        String moved = onlyFile(events, key);
        Files.delete(events.resolve(committed.commit()));
        Files.writeString(
                Files.createDirectories(events.resolve("_millrace/intents")).resolve(key + ".json"),
                "{\"batch\":\"two\",\"creates\":[\"" + moved + "\"],\"replaces\":[]}");

        ((SupportsDiscard) sink).discard(session, Lake.OUTPUT, "one");
        assertThat(events.resolve(moved)).exists();
        ((SupportsDiscard) sink).discard(session, Lake.OUTPUT, "two");

        assertThat(events.resolve(moved)).doesNotExist();
        assertThat(Lake.write(sink, "one", rows(1, "ada"))).isInstanceOf(AlreadyCommitted.class);
    }

    private static String onlyFile(Path folder, String key) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(key) && !name.startsWith("."))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void overwriteReplacesWhatIsThereOnce(String format) {
        Lake lake = lake(format);
        Sink sink = lake.sink("overwrite");
        Lake.write(sink, "one", rows(1, "ada"));

        CommitOutcome second = Lake.write(sink, "two", rows(2, "bob"));

        assertThat(((Committed) second).counts()).isEqualTo(Counts.committed(1));
        assertThat(Lake.write(sink, "two", rows(2, "bob"))).isInstanceOf(AlreadyCommitted.class);
        assertThat(session.table(lake.database() + ".events")
                        .select("id")
                        .as(org.apache.spark.sql.Encoders.LONG())
                        .collectAsList())
                .containsExactly(2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void ignoreWritesIntoAnEmptyEntityAndDropsEverythingAfterwards(String format) {
        Lake lake = lake(format);
        Sink sink = lake.sink("ignore");

        Committed first = (Committed) Lake.write(sink, "one", rows(1, "ada"));
        Committed second = (Committed) Lake.write(sink, "two", rows(2, "bob").union(rows(3, "eve")));

        assertThat(first.counts()).isEqualTo(Counts.committed(1));
        assertThat(second.commit()).isEmpty();
        assertThat(second.counts()).isEqualTo(new Counts(0, 2, 0, 0, 0));
        assertThat(lake.table("events")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void errorIfExistsWritesIntoAnEmptyEntityAndFailsAfterwards(String format) {
        Lake lake = lake(format);
        Sink sink = lake.sink("errorIfExists");

        Committed first = (Committed) Lake.write(sink, "one", rows(1, "ada"));
        CommitOutcome replayed = Lake.write(sink, "one", rows(1, "ada"));
        CommitOutcome second = Lake.write(sink, "two", rows(2, "bob"));

        assertThat(first.counts()).isEqualTo(Counts.committed(1));
        assertThat(replayed).isEqualTo(new AlreadyCommitted(first.commit()));
        assertThat(reason(second))
                .isEqualTo("file:" + folder + "/events holds " + (format.equals("Delta") ? "rows" : "files")
                        + " already, and the save mode is errorIfExists");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void findsColumnsInAnyCaseAndLeavesOutWhatTheTableLacks(String format) {
        Lake lake = lake(format);
        Dataset<Row> rows = rows(1, "ada")
                .withColumnRenamed("id", "ID")
                .withColumnRenamed("name", "Name")
                .withColumn("surplus", org.apache.spark.sql.functions.lit(true));

        Lake.write(lake.sink("append"), "one", rows.select("surplus", "address", "Name", "tags", "ID"));

        assertThat(lake.table("events"))
                .containsExactly(
                        "{\"id\":1,\"name\":\"ada\",\"tags\":{\"a\":1},\"address\":{\"city\":\"Köln\",\"lines\":[\"x\",\"y\"]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void refusesRowsThatDoNotFitWithEveryDifference(String format) {
        Lake lake = lake(format);
        Dataset<Row> rows = session.sql("SELECT 1 AS id, map('a', 'x') AS tags, named_struct('city', 3) AS address");

        CommitOutcome outcome = Lake.write(lake.sink("append"), "one", rows);

        assertThat(reason(outcome))
                .isEqualTo(
                        """
                        the rows do not fit %s:
                          column         wanted         given
                          id             BIGINT         INT        write CAST(id AS BIGINT)
                          name           STRING         (missing)
                          tags.value     INT            STRING
                          address.city   STRING         INT
                          address.lines  ARRAY<STRING>  (missing)"""
                                .formatted(lake.target(format)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void refusesANullInAColumnThatAllowsNone(String format) {
        Lake lake = lake(format);
        Dataset<Row> rows = rows(1, "ada").selectExpr("if(id = 1, null, id) AS id", "name", "tags", "address");

        CommitOutcome outcome = Lake.write(lake.sink("append"), "one", rows);

        assertThat(reason(outcome))
                .isEqualTo("NULL in a NOT NULL column: id of " + lake.target(format)
                        + "; leave such rows out, or send them to the dead letters by an expectation");
        assertThat(lake.table("events")).isEmpty();
    }

    private Lake lake(String format) {
        return Lake.events(session, folder, format, SCHEMA, "");
    }

    private Dataset<Row> rows(long id, String name) {
        return session.sql("SELECT " + id + "L AS id, '" + name + "' AS name, map('a', " + id
                + ") AS tags, named_struct('city', 'Köln', 'lines', array('x', 'y')) AS address");
    }

    private static String reason(CommitOutcome outcome) {
        assertThat(outcome).isInstanceOf(Rejected.class);
        MillraceException reason = ((Rejected) outcome).reason();
        assertThat(reason.kind()).isEqualTo(MillraceException.Kind.USER);
        return reason.getMessage();
    }
}
