package io.millrace.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CompactionRequest;
import io.millrace.spi.RunMode;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
@ExtendWith(MillraceSession.class)
class CompactionKillIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** The most delicate ones first. */
    private static final List<CompactionStage> STAGES = List.of(
            CompactionStage.DECIDED,
            CompactionStage.MOVED,
            CompactionStage.SWAPPED,
            CompactionStage.STAGED,
            CompactionStage.PLANNED,
            CompactionStage.CLAIMED);

    private final SparkSession spark;
    private final Path folder;

    CompactionKillIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    @Test
    void processesKilledWhileTheyCompactAndWriteLeaveEachRowOnce() throws Exception {
        long next = 0;
        for (int kill = 0; kill < Integer.getInteger("millrace.kills", 3); kill++) {
            CompactionStage stage = STAGES.get(kill % STAGES.size());
            try (ChildJvm child = ChildJvm.start(CompactionProcess.class, folder.toString(), Long.toString(next))) {
                child.awaitLine("wrote " + (next + 1) + ";", LIMIT);
                child.awaitLine("reached " + stage + " ", LIMIT);
                child.kill();
                child.awaitExit(LIMIT);
                // As after a crash of a stream: what was under way comes again, and the one before it too.
                next = CommittedFilesProcess.lastWritten(child);
            }
        }
        CommittedFiles files = CommittedFilesProcess.files(folder);
        for (long number = next; number < next + 2; number++) {
            files.write(CommittedFilesProcess.batch(number), CommittedFilesProcess.rows(spark, number), RunMode.STREAM);
        }
        List<Long> written = LongStream.range(0, (next + 2) * CommittedFilesProcess.ROWS)
                .boxed()
                .toList();

        assertThat(ids()).containsExactlyElementsOf(written);
        files.compact(spark, CompactionRequest.all());
        assertThat(ids()).containsExactlyElementsOf(written);
        try (Stream<Path> content = Files.list(folder.resolve("t"))) {
            assertThat(content.filter(CompactionKillIT::isData)).hasSize(1);
        }
    }

    private List<Long> ids() {
        return CommittedFilesProcess.ids(spark, folder);
    }

    private static boolean isData(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".parquet") && !name.startsWith(".");
    }
}
