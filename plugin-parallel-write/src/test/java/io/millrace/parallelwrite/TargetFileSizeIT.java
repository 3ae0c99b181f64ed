package io.millrace.parallelwrite;

import static org.apache.spark.sql.functions.input_file_name;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import io.millrace.spi.Sink;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The number of files follows the volume, in every format. */
@Tag("thorough")
@ExtendWith(MillraceSession.class)
class TargetFileSizeIT {

    private final SparkSession session;
    private final Path folder;

    TargetFileSizeIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void everyDayIsAFileAndALargerOneSeveral(String format) {
        Lake lake = Lake.events(session, folder, format, "id BIGINT, noise BINARY, day STRING", "day");
        Sink sink = lake.sink("writerType = parallelWrite, saveMode = append, targetFileSize = 1MiB", "events");

        Committed committed = (Committed) Lake.write(sink, "one", rows());
        Map<String, Long> files = filesByDay(lake);

        assertThat(committed.counts()).isEqualTo(Counts.committed(50_000));
        assertThat(files)
                .hasSize(4)
                .containsEntry("1", 1L)
                .containsEntry("2", 1L)
                .containsEntry("3", 1L);
        assertThat(files.get("0")).isBetween(2L, 6L);
        assertThat(Lake.write(sink, "one", rows())).isInstanceOf(AlreadyCommitted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void withoutItEachTaskWritesItsOwnFiles(String format) {
        Lake lake = Lake.events(session, folder, format, "id BIGINT, noise BINARY, day STRING", "day");

        Lake.write(lake.sink("append"), "one", rows());

        assertThat(filesByDay(lake)).containsEntry("0", 8L).containsEntry("1", 8L);
    }

    /** Three megabytes that cannot be compressed, most of them of one day, in eight tasks. */
    private Dataset<Row> rows() {
        return session.range(0, 50_000, 1, 8)
                .selectExpr(
                        "id", "unhex(sha2(string(id), 512)) AS noise", "string(if(id % 20 < 4, id % 20, 0)) AS day");
    }

    private Map<String, Long> filesByDay(Lake lake) {
        return session
                .table(lake.database() + ".events")
                .withColumn("file", input_file_name())
                .select("day", "file")
                .distinct()
                .collectAsList()
                .stream()
                .collect(Collectors.groupingBy(row -> row.getString(0), Collectors.counting()));
    }
}
