package com.acme.database;

import io.millrace.config.MillraceException;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.Delivery;
import io.millrace.spi.OutputId;
import io.millrace.spi.Preparation;
import io.millrace.spi.Preparation.Commit;
import io.millrace.spi.SchemaEnforcement;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Adds batches to a table: staged by Spark's tasks, then taken over in one transaction that also notes the batch. */
final class DatabaseSink implements Sink, SupportsCommitHistory {

    private final Database database;
    private final String table;
    private final Opening opening;

    DatabaseSink(Database database, String table) {
        this(database, table, database::open);
    }

    DatabaseSink(Database database, String table, Opening opening) {
        this.database = database;
        this.table = table;
        this.opening = opening;
    }

    /** Opens connections. */
    interface Opening {

        Connection open() throws SQLException;
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
        return Preparation.of("cannot write to " + description(), () -> {
            String staging = "staging_" + batch.id().key().replace('-', '_');
            Connection connection = opening.open();
            try {
                return prepared(batch, connection, staging);
            } catch (Exception failed) { // Spark throws checked exceptions without declaring them
                try (connection) { // what the transaction has done is undone
                    throw failed;
                }
            }
        });
    }

    /** Does everything but the commit. */
    private Commit prepared(Batch batch, Connection connection, String staging) throws SQLException {
        CommitTable commits = CommitTable.in(connection);
        if (commits.holds(batch.id())) {
            return there(batch, connection);
        }
        stage(batch, connection, staging);
        connection.setAutoCommit(false);
        if (!commits.add(batch.id())) {
            return there(batch, connection);
        }
        long rows =
                connection.createStatement().executeLargeUpdate("INSERT INTO " + table + " SELECT * FROM " + staging);
        return () -> committed(batch, connection, rows, staging);
    }

    private static Commit there(Batch batch, Connection connection) throws SQLException {
        connection.close();
        return () -> new CommitOutcome.AlreadyCommitted(batch.id().toString());
    }

    /** What fails before the commit has come back leaves open whether it is done; what fails after it does no harm. */
    private CommitOutcome committed(Batch batch, Connection connection, long rows, String staging) {
        boolean done = false;
        List<String> warnings = new ArrayList<>();
        try (connection) {
            connection.commit();
            done = true;
            connection.createStatement().execute("DROP TABLE " + staging);
        } catch (SQLException failed) {
            if (!done) {
                return new CommitOutcome.Unknown(failure(failed));
            }
            warnings.add("the batch is committed, but after that: " + failed.getMessage());
        }
        return new CommitOutcome.Committed(batch.id().toString(), Counts.committed(rows), Map.of(), warnings);
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
        SchemaEnforcement.of(description(), columns)
                .apply(batch.data())
                .write()
                .mode(SaveMode.Overwrite)
                .jdbc(database.url(), staging, database.properties());
    }

    private MillraceException failure(SQLException failed) {
        return MillraceException.external(description() + ": " + failed.getMessage(), failed);
    }
}
