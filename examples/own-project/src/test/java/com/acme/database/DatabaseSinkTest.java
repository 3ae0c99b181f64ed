package com.acme.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.Sink;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class DatabaseSinkTest extends SinkContract {

    private int tables;

    @Override
    protected SinkTarget target(StructType columns) {
        Database database = new Database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        String table = "target_" + tables++;
        String ddl = Stream.of(columns.fields())
                .map(column -> '"' + column.name() + "\" "
                        + (columns.equals(NESTED)
                                ? "VARCHAR"
                                : column.dataType().sql().replace("STRING", "VARCHAR"))
                        + (column.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
        try (Connection connection = database.open()) {
            connection.createStatement().execute("CREATE TABLE " + table + " (" + ddl + ")");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return new Target(session(), database, table);
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return target.sink().description();
    }

    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        Map<String, Function<SinkTarget, Sink>> sinks = new LinkedHashMap<>();
        for (FaultyConnection.Fault fault : FaultyConnection.Fault.values()) {
            sinks.put(fault.name(), target -> ((Target) target).sink(fault));
        }
        return sinks;
    }

    @Override
    protected Optional<Mismatches> mismatches() {
        return Optional.empty();
    }

    /** The database has no columns for them. */
    @Override
    protected Optional<String> nestedRefusal(SinkTarget target) {
        return Optional.of("the rows do not fit " + nameOf(target) + ":\n"
                + "  column  wanted  given\n"
                + "  id      STRING  BIGINT                     write CAST(id AS STRING)\n"
                + "  s       STRING  STRUCT<a: INT, b: STRING>  write CAST(s AS STRING)\n"
                + "  l       STRING  ARRAY<STRUCT<x: INT>>      write CAST(l AS STRING)\n"
                + "  m       STRING  MAP<STRING, INT>           write CAST(m AS STRING)");
    }

    @Test
    void whatFailsAfterTheCommitIsAWarning() {
        Target target = (Target) target(COLUMNS);

        CommitOutcome outcome = write(target.sink(FaultyConnection.Fault.CLOSE_FAILS), batch(0), rows(0, 3));

        assertThat(outcome)
                .isInstanceOfSatisfying(CommitOutcome.Committed.class, committed -> assertThat(committed.warnings())
                        .containsExactly("the batch is committed, but after that: the line is dead"));
        assertThat(target.rows()).hasSize(3);
    }

    @Test
    void whereTheAnswerToTheCommitIsLostNobodyKnows() {
        Target target = (Target) target(COLUMNS);

        CommitOutcome outcome = write(target.sink(FaultyConnection.Fault.ANSWER_LOST), batch(0), rows(0, 3));

        assertThat(outcome).isInstanceOfSatisfying(CommitOutcome.Unknown.class, unknown -> assertThat(unknown.reason())
                .hasMessage(nameOf(target) + ": the line is dead"));
        assertThat(write(target.sink(), batch(0), rows(0, 3)))
                .isEqualTo(new CommitOutcome.AlreadyCommitted(batch(0).toString()));
    }

    @Test
    void whatTheTableRefusesIsRejected() throws SQLException {
        Target target = (Target) target(COLUMNS);
        try (Connection connection = target.database().open()) {
            connection.createStatement().execute("ALTER TABLE " + target.table() + " ADD CHECK (\"id\" < 2)");
        }

        assertThat(rejected(target.sink(), batch(0), rows(0, 3)))
                .hasMessageStartingWith("cannot write to " + nameOf(target) + ": JdbcSQLIntegrityConstraintViolation");
        assertThat(target.rows()).isEmpty();
    }

    private record Target(SparkSession session, Database database, String table) implements SinkTarget {

        @Override
        public Sink sink() {
            return new DatabaseSink(database, table);
        }

        Sink sink(FaultyConnection.Fault fault) {
            return new DatabaseSink(database, table, () -> FaultyConnection.to(database, fault));
        }

        @Override
        public List<Row> rows() {
            return session.read()
                    .jdbc(database.url(), table, database.properties())
                    .collectAsList();
        }
    }
}
