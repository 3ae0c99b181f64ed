package com.acme.database;

import io.millrace.config.MillraceException;
import io.millrace.spark.SparkErrors;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.Delivery;
import io.millrace.spi.OutputId;
import io.millrace.spi.SchemaEnforcement;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Adds batches to a table: staged by Spark's tasks, then taken over in one transaction that also notes the batch. */
final class DatabaseSink implements Sink, SupportsCommitHistory {

    private final Database database;
    private final String table;

    DatabaseSink(Database database, String table) {
        this.database = database;
        this.table = table;
    }

    @Override
    public String description() {
        return "table " + table + " of " + database;
    }

    @Override
    public Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    public CommitOutcome write(Batch batch) {
        try (Connection connection = database.open()) {
            CommitTable commits = CommitTable.in(connection);
            if (commits.holds(batch.id())) {
                return new CommitOutcome.AlreadyCommitted(batch.id().toString());
            }
            String staging = "staging_" + batch.id().key().replace('-', '_');
            stage(batch, connection, staging);
            connection.setAutoCommit(false);
            commits.add(batch.id());
            long rows = connection
                    .createStatement()
                    .executeLargeUpdate("INSERT INTO " + table + " SELECT * FROM " + staging);
            return commit(connection, batch, rows, staging);
        } catch (SQLException failed) {
            return new CommitOutcome.Rejected(failure(failed));
        }
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output) {
        try (Connection connection = database.open()) {
            return CommitTable.in(connection).lastBatches(output);
        } catch (SQLException failed) {
            throw failure(failed);
        }
    }

    /** Writes the rows into a table of their own, fitted to the columns of the target. */
    private void stage(Batch batch, Connection connection, String staging) throws SQLException {
        StructType columns = database.columns(batch.session(), connection, table);
        Dataset<Row> rows = SchemaEnforcement.of(description(), columns).apply(batch.data());
        try {
            rows.write().mode(SaveMode.Overwrite).jdbc(database.url(), staging, database.properties());
        } catch (RuntimeException failed) {
            throw SparkErrors.of("cannot write to " + description(), failed);
        }
    }

    private CommitOutcome commit(Connection connection, Batch batch, long rows, String staging) {
        try {
            connection.commit();
        } catch (SQLException failed) { // only here nobody can tell: the answer may be lost and the commit done
            return new CommitOutcome.Unknown(failure(failed));
        }
        List<String> warnings = new ArrayList<>();
        try {
            connection.createStatement().execute("DROP TABLE " + staging);
        } catch (SQLException failed) {
            warnings.add("the table " + staging + " could not be dropped: " + failed.getMessage());
        }
        return new CommitOutcome.Committed(batch.id().toString(), Counts.committed(rows), Map.of(), warnings);
    }

    private MillraceException failure(SQLException failed) {
        return MillraceException.external(description() + ": " + failed.getMessage(), failed);
    }
}
