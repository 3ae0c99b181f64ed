package io.millrace.continuousupdate;

import static io.millrace.continuousupdate.TestTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.OutputId;
import io.millrace.testkit.ConcurrentWork;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several outputs that upsert into one table at the same time. */
@Tag("thorough")
@ExtendWith(MillraceSession.class)
class ConcurrentWritersIT {

    private static final String SCHEMA = "id BIGINT, writer INT, number INT";
    private static final ContinuousUpdate BY_NUMBER = new ContinuousUpdate(List.of("id"), "number");
    private static final int WRITERS = 4;
    private static final int BATCHES = 2;
    private static final int KEYS = 20;

    @Test
    void allOfThemCommitAndTheNewestRowStays(SparkSession spark, @TempDir Path folder) throws Exception {
        TestTable table = new TestTable(spark, folder, SCHEMA);
        table.commit(BY_NUMBER, table.rows(SCHEMA, row(0L, -1, -1)));
        List<Callable<List<CommitOutcome>>> writers = IntStream.range(0, WRITERS)
                .<Callable<List<CommitOutcome>>>mapToObj(writer -> () -> write(table, writer))
                .toList();

        List<CommitOutcome> outcomes =
                ConcurrentWork.all(writers).stream().flatMap(List::stream).toList();

        assertThat(outcomes).hasSize(WRITERS * BATCHES).allMatch(Committed.class::isInstance);
        int newest = number(WRITERS - 1, BATCHES - 1);
        assertThat(table.content())
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, KEYS)
                        .mapToObj(key -> "[" + key + "," + (WRITERS - 1) + "," + newest + "]")
                        .toList());
    }

    private static List<CommitOutcome> write(TestTable table, int writer) {
        List<CommitOutcome> outcomes = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            int ordering = number(writer, batch);
            List<Row> rows = LongStream.range(0, KEYS)
                    .mapToObj(key -> row(key, writer, ordering))
                    .toList();
            outcomes.add(table.write(
                    BY_NUMBER,
                    table.rows(SCHEMA, rows),
                    new BatchId(new OutputId("shop", "current", "writer-" + writer), "r", batch)));
        }
        return outcomes;
    }

    private static int number(int writer, int batch) {
        return batch * WRITERS + writer;
    }
}
