package com.acme.database;

import io.millrace.spi.BatchId;
import io.millrace.spi.OutputId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.HashMap;
import java.util.Map;

/** The table that says which batches the database holds. Its key refuses a batch that two attempts add at the same time. */
final class CommitTable {

    private final Connection connection;

    private CommitTable(Connection connection) {
        this.connection = connection;
    }

    static CommitTable in(Connection connection) throws SQLException {
        connection
                .createStatement()
                .execute("CREATE TABLE IF NOT EXISTS millrace_commits"
                        + " (query_id VARCHAR(500), batch BIGINT, PRIMARY KEY (query_id, batch))");
        return new CommitTable(connection);
    }

    boolean holds(BatchId batch) throws SQLException {
        PreparedStatement query =
                connection.prepareStatement("SELECT batch FROM millrace_commits WHERE query_id = ? AND batch = ?");
        query.setString(1, batch.queryId());
        query.setLong(2, batch.number());
        return query.executeQuery().next();
    }

    /** Returns false where another attempt, which overlaps with this one, was faster. */
    boolean add(BatchId batch) throws SQLException {
        PreparedStatement insert = connection.prepareStatement("INSERT INTO millrace_commits VALUES (?, ?)");
        insert.setString(1, batch.queryId());
        insert.setLong(2, batch.number());
        try {
            insert.executeUpdate();
            return true;
        } catch (SQLIntegrityConstraintViolationException there) {
            return false;
        }
    }

    Map<String, Long> lastBatches(OutputId output) throws SQLException {
        String prefix = output + "#";
        Map<String, Long> last = new HashMap<>();
        ResultSet commits = connection
                .createStatement()
                .executeQuery("SELECT query_id, max(batch) AS last FROM millrace_commits GROUP BY query_id");
        while (commits.next()) {
            if (commits.getString("query_id").startsWith(prefix)) {
                last.put(commits.getString("query_id").substring(prefix.length()), commits.getLong("last"));
            }
        }
        return last;
    }
}
