package io.millrace.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import io.millrace.testkit.TestModel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeltaTableSinkIT extends SinkContract {

    private final AtomicInteger targets = new AtomicInteger();

    @BeforeEach
    void createDatabase() {
        session().sql("CREATE DATABASE sinks");
    }

    @AfterEach
    void dropDatabase() {
        session().sql("DROP DATABASE sinks CASCADE");
    }

    @Override
    protected SinkTarget target(StructType columns) {
        String name = "sinks.t" + targets.incrementAndGet();
        session().sql("CREATE TABLE " + name + " (" + columns.toDDL() + ") USING delta");
        return new Target(session(), name);
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "table " + ((Target) target).name();
    }

    @Test
    void aTableThatIsNotThereIsExplained() {
        Sink sink = new Target(session(), "sinks.missing").sink();

        assertThatThrownBy(() -> write(sink, batch(0), rows(0, 1).select("id", "name")))
                .hasMessage(
                        "table sinks.missing does not exist; create it: CREATE TABLE sinks.missing (id BIGINT NOT NULL,"
                                + " name STRING) USING delta");
    }

    @Test
    void aTableThatIsNoDeltaTableIsWrittenWhereRepeatedRowsAreAccepted() {
        session().sql("CREATE TABLE sinks.plain (id BIGINT, name STRING) USING parquet");
        Target plain = new Target(session(), "sinks.plain");
        Sink accepting = TestModel.of("name = sinks.plain, delivery = at-least-once")
                .sink(new SparkTablePlugin(), RunMode.STREAM);

        assertThatThrownBy(() -> write(plain.sink(), batch(0), rows(0, 1)))
                .hasMessage(
                        "table sinks.plain is not a Delta table: a batch that is written again after a crash would be"
                                + " in it twice; accept that with delivery = at-least-once");
        assertThat(accepting.description())
                .isEqualTo("table sinks.plain, append, rows of a batch that is written again may be there twice");
        assertThat(accepting.delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
        write(accepting, batch(0), rows(0, 2));
        write(accepting, batch(0), rows(0, 2));
        assertThat(ids(plain)).containsExactly(0L, 0L, 1L, 1L);
    }

    @Test
    void overwritingReplacesTheRowsOnce() {
        Target target = (Target) target(COLUMNS);
        Sink overwriting = TestModel.of("name = " + target.name() + ", save-mode = overwrite")
                .sink(new SparkTablePlugin(), RunMode.BATCH);
        write(target.sink(), batch(0), rows(0, 4));

        write(overwriting, batch(1), rows(4, 6));
        CommitOutcome again = write(overwriting, batch(1), rows(4, 6));

        assertThat(again).isEqualTo(new CommitOutcome.AlreadyCommitted("version 2"));
        assertThat(ids(target)).containsExactly(4L, 5L);
    }

    private record Target(SparkSession session, String name) implements SinkTarget {
        @Override
        public Sink sink() {
            return TestModel.of("name = " + name).sink(new SparkTablePlugin(), RunMode.STREAM);
        }

        @Override
        public List<Row> rows() {
            return session.table(name).collectAsList();
        }
    }
}
