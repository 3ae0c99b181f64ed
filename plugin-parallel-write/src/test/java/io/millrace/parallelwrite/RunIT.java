package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.config.MillraceException;
import io.millrace.plan.PipegraphPlan;
import io.millrace.run.OutputNumbers;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipegraphs that write entities, run as users run them. */
@ExtendWith(MillraceSession.class)
class RunIT {

    private static final String APPEND = "writerType = parallelWrite, saveMode = append";
    private static final String STREAM = "trigger = available-now";

    private final SparkSession session;
    private final Path folder;

    RunIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void aBatchRunReportsWhatTheEntityHolds(String format) throws IOException {
        Lake lake = lake(format);
        given("1.json", 1, 2, 3);

        OutputNumbers numbers =
                output(lake, plan(lake, "expectations = [ { name = small, that = \"id < 3\", otherwise = drop } ]"));

        assertThat(numbers.rowsIn()).isEqualTo(3);
        assertThat(numbers.counts()).isEqualTo(new Counts(2, 1, 0, 0, 0));
        assertThat(ids(lake)).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void aStreamThatLosesItsLastCommitWritesNothingTwice(String format) throws IOException {
        Lake lake = lake(format);
        given("1.json", 1, 2);
        given("2.json", 3);
        OutputNumbers first = output(lake, plan(lake, STREAM));

        forgetLastBatch();
        given("3.json", 4);
        OutputNumbers second = output(lake, plan(lake, STREAM));

        assertThat(first.counts()).isEqualTo(Counts.committed(3));
        assertThat(second.replayed()).isEqualTo(1);
        assertThat(second.counts()).isEqualTo(Counts.committed(1));
        assertThat(ids(lake)).containsExactly(1L, 2L, 3L, 4L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void aStreamWithANewCheckpointIsRefusedWhereItHasWrittenBefore(String format) throws IOException {
        Lake lake = lake(format);
        given("1.json", 1);
        output(lake, plan(lake, STREAM));
        delete(folder.resolve("state"));
        session.sql("DROP TABLE " + lake.database() + ".events");

        MillraceException refused = catchThrowableOfType(MillraceException.class, () -> lake.run(plan(lake, STREAM)));

        assertThat(refused.getMessage()
                        .replaceAll("stream-[0-9a-f-]{36}", "STREAM")
                        .replace(folder.toString(), ""))
                .isEqualTo(
                        "ETL write: the checkpoint /state/checkpoints/lake/write is new, but target (entity d/events/v1 (database "
                                + lake.database()
                                + "): append) holds commits of an earlier stream of this ETL (STREAM): everything would be read and written again. Restore the checkpoint, or empty the target, or accept it with --accept-new-checkpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void anEntityIsReadByTheModelThatWritesIt(String format) throws IOException {
        Lake lake = lake(format);
        given("1.json", 1, 2);
        String known = "known { product = parallelWrite, value { writerDetails { " + APPEND
                + " }, entityDetails { domain = d, name = events, version = v1, overrideDbName = " + lake.database()
                + " } } }";
        String copy = lake.text(
                        APPEND,
                        "events",
                        given(),
                        "steps = [ { name = next, sql = \"SELECT id + 10 AS id, day FROM given\" } ]")
                .replace("models {", "models { " + known)
                .replace("given = given }", "given = known }");

        OutputNumbers nothingYet = output(lake, Lake.plan(copy));
        output(lake, plan(lake, ""));
        OutputNumbers all = output(lake, Lake.plan(copy));

        assertThat(nothingYet.counts()).isEqualTo(Counts.NONE);
        assertThat(all.counts()).isEqualTo(Counts.committed(2));
        assertThat(ids(lake)).containsExactly(1L, 2L, 11L, 12L);
    }

    private Lake lake(String format) {
        return Lake.events(session, folder, format, "id BIGINT, day STRING", "day");
    }

    private PipegraphPlan plan(Lake lake, String etl) {
        return Lake.plan(lake.text(APPEND, "events", given(), etl));
    }

    private String given() {
        return "path = \"" + folder + "/given\", schema = \"id BIGINT, day STRING\"";
    }

    private static OutputNumbers output(Lake lake, PipegraphPlan plan) {
        return lake.run(plan).etl("write").outputs().get(0);
    }

    private List<Long> ids(Lake lake) {
        return session.table(lake.database() + ".events").orderBy("id").select("id").collectAsList().stream()
                .map(row -> row.getLong(0))
                .toList();
    }

    private void given(String file, long... ids) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (long id : ids) {
            lines.append("{\"id\": ")
                    .append(id)
                    .append(", \"day\": \"d")
                    .append(id % 2)
                    .append("\"}\n");
        }
        Files.createDirectories(folder.resolve("given"));
        Files.writeString(folder.resolve("given").resolve(file), lines);
    }

    /** As after a crash between the sink's commit and Spark's. */
    private void forgetLastBatch() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            Path last = files.filter(file -> file.toString().matches(".*/commits/\\d+"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            Files.delete(last);
            Files.deleteIfExists(last.resolveSibling("." + last.getFileName() + ".crc"));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
