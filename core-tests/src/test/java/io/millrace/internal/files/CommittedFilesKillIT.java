package io.millrace.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.RunMode;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
@ExtendWith(MillraceSession.class)
class CommittedFilesKillIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final SparkSession spark;
    private final Path folder;

    CommittedFilesKillIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    @Test
    void processesKilledWhileTheyWriteLeaveEachRowOnce() throws InterruptedException {
        long next = 0;
        for (int kill = 0; kill < Integer.getInteger("millrace.kills", 3); kill++) {
            try (ChildJvm child =
                    ChildJvm.start(CommittedFilesProcess.class, folder.toString(), "batches", Long.toString(next))) {
                child.awaitLine("wrote " + (next + 3) + ";", LIMIT);
                child.kill();
                child.awaitExit(LIMIT);
                // As after a crash of a stream: what was under way comes again, and the one before it too.
                next = CommittedFilesProcess.lastWritten(child);
            }
        }
        CommittedFiles files = CommittedFilesProcess.files(folder);
        for (long number = next; number < next + 3; number++) {
            files.write(CommittedFilesProcess.batch(number), CommittedFilesProcess.rows(spark, number), RunMode.STREAM);
        }

        assertThat(ids())
                .containsExactlyElementsOf(LongStream.range(0, (next + 3) * CommittedFilesProcess.ROWS)
                        .boxed()
                        .toList());
    }

    @Test
    void rowsOfTasksThatNeedSeveralAttemptsAreCountedOnce() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(CommittedFilesProcess.class, folder.toString(), "retries")) {
            assertThat(child.awaitLine("outcome ", LIMIT))
                    .contains("Committed[")
                    .contains("Counts[committed=1000, dropped=0, deadLettered=0, stale=0, collapsed=0]");
        }
        assertThat(ids()).hasSize(1000).doesNotHaveDuplicates();
    }

    private List<Long> ids() {
        return CommittedFilesProcess.ids(spark, folder);
    }
}
