package io.millrace.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import io.millrace.testkit.TestModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaPathSinkIT extends SinkContract {

    private final Path folder;
    private final AtomicInteger targets = new AtomicInteger();

    DeltaPathSinkIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    protected SinkTarget target(StructType columns) {
        Path path = folder.resolve("t" + targets.incrementAndGet());
        session().sql("CREATE TABLE delta.`" + path + "` (" + columns.toDDL() + ") USING delta");
        return new Target(session(), path, columns);
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "Delta table in " + ((Target) target).path();
    }

    @Test
    void aTableThatIsNotThereIsCreatedFromTheFirstBatch() {
        Target target = new Target(session(), folder.resolve("new"), COLUMNS);
        Sink sink = TestModel.of("path = \"" + target.path() + "\", partition-by = [day]")
                .sink(new SparkTablePlugin(), RunMode.STREAM);

        CommitOutcome outcome = write(sink, batch(0), rows(0, 4));
        write(sink, batch(0), rows(0, 4));
        write(sink, batch(1), rows(4, 5));

        assertThat(outcome).isInstanceOfSatisfying(CommitOutcome.Committed.class, committed -> {
            assertThat(committed.commit()).isEqualTo("version 0");
            assertThat(committed.details()).isEqualTo(Map.of("version", 0L, "files", 4L));
        });
        assertThat(ids(target)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(folder.resolve("new/day=2024-01-01")).isDirectory();
    }

    @Test
    void overwritingReplacesTheRowsOnceAndKeepsTheColumns() {
        Target target = (Target) target(COLUMNS);
        Sink overwriting = TestModel.of("path = \"" + target.path() + "\", save-mode = overwrite")
                .sink(new SparkTablePlugin(), RunMode.BATCH);
        write(target.sink(), batch(0), rows(0, 4));

        write(overwriting, batch(1), rows(4, 6).selectExpr("*", "1 AS surplus"));
        CommitOutcome again = write(overwriting, batch(1), rows(4, 6));

        assertThat(again).isEqualTo(new CommitOutcome.AlreadyCommitted("version 2"));
        assertThat(ids(target)).containsExactly(4L, 5L);
    }

    private record Target(SparkSession session, Path path, StructType columns) implements SinkTarget {
        @Override
        public Sink sink() {
            return TestModel.of("path = \"" + path + "\"").sink(new SparkTablePlugin(), RunMode.STREAM);
        }

        @Override
        public List<Row> rows() {
            return session.read().format("delta").load(path.toString()).collectAsList();
        }
    }
}
