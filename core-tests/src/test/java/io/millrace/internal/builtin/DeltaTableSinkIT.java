package io.millrace.internal.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.DeltaFault;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import io.millrace.testkit.TestModel;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("thorough")
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

    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        return Map.of("by what Delta does after the commit", target -> {
            DeltaFault.afterEachCommit(session(), ((Target) target).path());
            return target.sink();
        });
    }

    @Override
    protected Optional<Mismatches> mismatches() {
        return Optional.empty();
    }

    @Test
    void aTableThatIsNotThereIsExplained() {
        Sink sink = new Target(session(), "sinks.missing").sink();

        assertThat(rejected(sink, batch(0), rows(0, 1).select("id", "name")))
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

        assertThat(rejected(plain.sink(), batch(0), rows(0, 1)))
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
    void ofATableThatIsNoDeltaTableNobodyKnowsWhatAFailureHasLeft() {
        session().sql("CREATE TABLE sinks.plain (id BIGINT) USING parquet");
        Sink accepting = TestModel.of("name = sinks.plain, delivery = at-least-once")
                .sink(new SparkTablePlugin(), RunMode.STREAM);

        CommitOutcome outcome =
                write(accepting, batch(0), session().sql("SELECT CAST(raise_error('bad row') AS BIGINT) AS id"));

        assertThat(outcome).isInstanceOfSatisfying(CommitOutcome.Unknown.class, unknown -> assertThat(unknown.reason())
                .hasMessage("cannot write table sinks.plain: [USER_RAISED_EXCEPTION] bad row SQLSTATE: P0001; rows of"
                        + " the batch may be in the table, and will be there twice when it is written again"));
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

        Path path() {
            String location = session.sql("DESCRIBE DETAIL " + name)
                    .select("location")
                    .head()
                    .getString(0);
            return Path.of(URI.create(location).getPath());
        }

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
