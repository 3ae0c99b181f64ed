package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.Counts;
import io.millrace.spi.Sink;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class SymlinkManifestIT {

    private final SparkSession session;
    private final Path folder;
    private final Lake lake;

    SymlinkManifestIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
        this.lake = Lake.events(session, folder, "Delta", "id BIGINT", "");
    }

    @Test
    void isWrittenAfterTheCommitWhereItIsWanted() throws IOException {
        Lake.write(lake.sink("append"), "one", rows());
        assertThat(manifest()).doesNotExist();

        Lake.write(wanted(), "two", rows());

        assertThat(Files.readAllLines(manifest().resolve("manifest"))).hasSize(4);
    }

    @Test
    void aFailureIsAWarning() throws IOException {
        Lake.write(lake.sink("append"), "one", rows());
        Files.writeString(manifest(), "in the way");

        Committed outcome = (Committed) Lake.write(wanted(), "two", rows());

        assertThat(outcome.counts()).isEqualTo(Counts.committed(2));
        assertThat(outcome.warnings()).singleElement().asString().startsWith("the symlink manifest was not written: ");
        assertThat(lake.table("events")).hasSize(4);
    }

    private Sink wanted() {
        return lake.sink("writerType = parallelWrite, saveMode = append, symlinkManifest = true", "events");
    }

    private Path manifest() {
        return folder.resolve("events/_symlink_format_manifest");
    }

    private Dataset<Row> rows() {
        return session.range(2).toDF();
    }
}
