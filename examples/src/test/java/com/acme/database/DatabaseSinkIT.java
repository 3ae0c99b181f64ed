package com.acme.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceException;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.DeadLetters;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.testkit.MillraceSession;
import java.sql.SQLException;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MillraceSession.class)
class DatabaseSinkIT {

    private static final OutputId OUTPUT = new OutputId("shop", "report", "totals");

    private final SparkSession session;
    private final Database database = new Database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final DatabaseSink sink = new DatabaseSink(database, "totals");

    DatabaseSinkIT(SparkSession session) {
        this.session = session;
    }

    @BeforeEach
    void makeTable() throws SQLException {
        try (var connection = database.open()) {
            connection.createStatement().execute("CREATE TABLE totals (customer VARCHAR(50), price DECIMAL(10,2))");
        }
    }

    @Test
    void aBatchThatComesAgainIsRecognised() {
        Dataset<Row> rows =
                session.sql("SELECT 'Ada' AS customer, 12.50BD AS surplus, CAST(3 AS DECIMAL(10,2)) AS price");
        BatchId first = new BatchId(OUTPUT, "run-1", 0);

        assertThat(sink.write(batch(first, rows)))
                .isEqualTo(new CommitOutcome.Committed("shop/report/totals#run-1/0", Counts.committed(1)));
        assertThat(sink.write(batch(first, rows)))
                .isEqualTo(new CommitOutcome.AlreadyCommitted("shop/report/totals#run-1/0"));
        assertThat(sink.write(batch(new BatchId(OUTPUT, "run-2", 0), rows)))
                .isEqualTo(new CommitOutcome.Committed("shop/report/totals#run-2/0", Counts.committed(1)));

        assertThat(table("totals").count()).isEqualTo(2);
        assertThat(sink.committedRequests(session, OUTPUT)).containsExactlyInAnyOrder("run-1", "run-2");
        assertThat(sink.committedRequests(session, new OutputId("shop", "report", "total")))
                .isEmpty();
    }

    @Test
    void rowsThatDoNotFitAreRefused() {
        Dataset<Row> rows = session.sql("SELECT 'Ada' AS customer, 'much' AS price");

        assertThatThrownByWriting(rows)
                .hasMessage("the rows do not fit table totals of " + database
                        + ":\n  column  wanted         given\n"
                        + "  PRICE   DECIMAL(10,2)  STRING  write CAST(PRICE AS DECIMAL(10,2))");
        assertThat(table("totals").isEmpty()).isTrue();
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertThatThrownByWriting(
            Dataset<Row> rows) {
        return org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> sink.write(batch(new BatchId(OUTPUT, "run-1", 0), rows)))
                .isInstanceOf(MillraceException.class);
    }

    private Dataset<Row> table(String name) {
        return session.read().jdbc(database.url(), name, database.properties());
    }

    private static Batch batch(BatchId id, Dataset<Row> rows) {
        return new Batch(id, rows, RunMode.BATCH, new NoDeadLetters());
    }

    private record NoDeadLetters() implements DeadLetters {

        @Override
        public boolean available() {
            return false;
        }

        @Override
        public long write(Dataset<Row> rows) {
            throw new AssertionError("not available");
        }
    }
}
