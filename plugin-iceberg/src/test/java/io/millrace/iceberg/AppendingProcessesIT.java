package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.iceberg.internal.commit.BatchHistory;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
@ExtendWith(MillraceSession.class)
class AppendingProcessesIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final SparkSession spark;
    private final Path warehouse;

    AppendingProcessesIT(SparkSession spark, @TempDir Path folder) {
        this.spark = Sessions.beside(spark); // each test has its own catalog by the name lake
        this.warehouse = folder.resolve("lake");
    }

    @Test
    void appendsOfFourProcessesAtOnceAreThereOnceEach() throws InterruptedException {
        int processes = 4;
        int batches = 8;
        List<ChildJvm> children = new ArrayList<>();
        try {
            for (int process = 0; process < processes; process++) {
                children.add(start(process, "at-once", batches));
            }
            for (ChildJvm child : children) {
                assertThat(child.awaitExit(LIMIT))
                        .as(() -> String.join("\n", child.output()))
                        .isZero();
            }
        } finally {
            children.forEach(ChildJvm::close);
        }

        List<String> acknowledged =
                children.stream().flatMap(AppendingProcessesIT::acknowledged).toList();
        assertThat(acknowledged).hasSize(processes * batches);
        assertThat(snapshots()).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(ids())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, processes)
                        .boxed()
                        .flatMap(process -> ids(process, batches))
                        .toList());
    }

    @Test
    void oneOfTwoProcessesThatIsKilledLeavesWholeBatchesAndCanBeRunAgain() throws InterruptedException {
        int next = 0;
        try (ChildJvm other = start(2, "endlessly", 0)) {
            for (int kill = 0; kill < Math.max(1, Integer.getInteger("millrace.kills", 3) / 3); kill++) {
                try (ChildJvm child = start(1, "endlessly", next)) {
                    child.awaitLine(WrittenBatches.line(next + 1), LIMIT);
                    other.awaitLine("wrote 0;", LIMIT);
                    child.kill();
                    child.awaitExit(LIMIT);
                    assertWholeBatches();
                    next = WrittenBatches.last(
                            child); // as after a crash: what was under way comes again, and the one before it
                }
            }
            other.kill();
            other.awaitExit(LIMIT);
            assertWholeBatches();
            int last = WrittenBatches.last(other);
            for (int batch = 0; batch < 3; batch++) {
                append(1, next + batch);
                append(2, last + batch);
            }

            assertThat(ids())
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(ids(1, next + 3), ids(2, last + 3)).toList());
        }
    }

    private ChildJvm start(int process, String how, int number) {
        return ChildJvm.start(
                AppendingProcess.class, warehouse.toString(), Integer.toString(process), how, Integer.toString(number));
    }

    private void append(int process, int batch) {
        assertThat(AppendingProcess.append(spark, warehouse, process, batch))
                .isInstanceOfAny(Committed.class, AlreadyCommitted.class);
    }

    private void assertWholeBatches() {
        List<Row> batches = rows().selectExpr(
                        "split(id, '-')[0] AS process",
                        "CAST(split(id, '-')[1] AS INT) DIV " + AppendingProcess.ROWS + " AS batch")
                .groupBy("process", "batch")
                .count()
                .collectAsList();
        assertThat(batches).isNotEmpty().allMatch(batch -> batch.getLong(2) == AppendingProcess.ROWS);
    }

    private static Stream<String> acknowledged(ChildJvm child) {
        return child.output().stream()
                .filter(line -> line.startsWith(AppendingProcess.ACKNOWLEDGED))
                .map(line -> line.substring(AppendingProcess.ACKNOWLEDGED.length()));
    }

    private List<String> snapshots() {
        List<String> snapshots = new ArrayList<>();
        lake().table(AppendingProcess.TABLE)
                .snapshots()
                .forEach(snapshot -> snapshots.add(BatchHistory.name(snapshot)));
        return snapshots;
    }

    private static Stream<String> ids(int process, int batches) {
        return IntStream.range(0, batches * (int) AppendingProcess.ROWS).mapToObj(ride -> process + "-" + ride);
    }

    private List<String> ids() {
        return rows().select("id").as(Encoders.STRING()).collectAsList();
    }

    private Dataset<Row> rows() {
        return lake().rows(AppendingProcess.TABLE);
    }

    private Lake lake() {
        return new Lake(spark, warehouse, "lake");
    }
}
