package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCompaction;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entities of every format are compacted, and remember what was written. */
@Tag("thorough")
@ExtendWith(MillraceSession.class)
class CompactionIT {

    private static final String APPEND = "writerType = parallelWrite, saveMode = append";

    private final SparkSession session;
    private final Path folder;

    CompactionIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void manyFilesBecomeOneInEachPartition(String format) {
        Lake lake = lake(format);
        Sink sink = lake.sink(APPEND, "events");
        for (String run : List.of("one", "two", "three")) {
            Lake.write(sink, run, rows());
        }
        List<String> before = lake.table("events");
        assertThat(files(lake)).isEqualTo(12);

        CompactionResult result = compact(sink);

        assertThat(lake.table("events")).isEqualTo(before).hasSize(300);
        assertThat(files(lake)).isEqualTo(2);
        assertThat(result.folders().stream()
                        .mapToLong(CompactionResult.Folder::filesBefore)
                        .sum())
                .isEqualTo(12);
        assertThat(result.folders().stream()
                        .mapToLong(CompactionResult.Folder::filesAfter)
                        .sum())
                .isEqualTo(2);
        assertThat(result.notes()).isEmpty();
        assertThat(Lake.write(sink, "three", rows())).isInstanceOf(AlreadyCommitted.class);
        assertThat(compact(sink)).isEqualTo(new CompactionResult(List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void theSizeIsTheModelsWhereNoneIsAskedFor(String format) {
        Lake lake = lake(format);
        Sink sink = lake.sink(APPEND + ", targetFileSize = 10", "events");
        Lake.write(sink, "one", rows());
        Lake.write(sink, "two", rows());
        long files = files(lake);

        compact(sink);
        assertThat(files(lake)).isEqualTo(files).isGreaterThan(2);

        ((SupportsCompaction) sink).compact(session, CompactionRequest.all().targetFileSize(1_000_000));
        assertThat(files(lake)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parquet", "Delta"})
    void whatIsNotThereHasNothingToCompact(String format) {
        Sink sink = lake(format).sink(APPEND, "events");

        assertThat(compact(sink).folders()).isEmpty();
    }

    @Test
    void theSymlinkManifestNamesTheNewFile() {
        Lake lake = lake("Delta");
        Sink sink = lake.sink(APPEND + ", symlinkManifest = true", "events");
        Lake.write(sink, "one", rows());

        compact(sink);

        assertThat(session.read()
                        .text(folder + "/events/_symlink_format_manifest/day=0/manifest")
                        .count())
                .isEqualTo(1);
    }

    private CompactionResult compact(Sink sink) {
        return ((SupportsCompaction) sink).compact(session, CompactionRequest.all());
    }

    private Lake lake(String format) {
        return Lake.events(session, folder, format, "id BIGINT, day STRING", "day");
    }

    private Dataset<Row> rows() {
        return session.range(0, 100, 1, 2).selectExpr("id", "string(id % 2) AS day");
    }

    private long files(Lake lake) {
        return session.table(lake.database() + ".events").inputFiles().length;
    }
}
