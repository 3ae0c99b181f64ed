package io.millrace.builtin;

import io.millrace.config.MillraceException;
import io.millrace.model.Contract;
import io.millrace.spark.DeltaCommit;
import io.millrace.spark.DeltaCommits;
import io.millrace.spark.Measured;
import io.millrace.spark.Measured.Count;
import io.millrace.spark.SparkErrors;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.SchemaEnforcement;
import io.millrace.spi.SchemaGrowth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Writes a batch to a Delta table: once, because its commit carries the batch's id. */
final class DeltaWrite {

    private static final String ROWS = "numOutputRows";

    private final TableModel model;
    private final Contract.Policy newColumns;
    private final Batch batch;
    private final DeltaCommits commits;

    DeltaWrite(TableModel model, Contract.Policy newColumns, Batch batch) {
        this.model = model;
        this.newColumns = newColumns;
        this.batch = batch;
        this.commits = model.commits(batch.session());
    }

    CommitOutcome write() {
        boolean exists = commits.tableExists();
        if (exists && commits.committed(batch.id())) {
            return new CommitOutcome.AlreadyCommitted(
                    commits.find(batch.id()).map(DeltaWrite::version).orElse("an earlier version"));
        }
        Dataset<Row> rows = exists ? fitted(batch.data()) : batch.data();
        Measured counted = Measured.of(rows, Count.all(ROWS));
        try {
            commits.write(
                    batch.id(),
                    counted.rows(),
                    model.saveMode().spark(),
                    exists ? List.of() : model.partitionBy(),
                    options());
        } catch (Exception failed) {
            return afterFailure(SparkErrors.of("cannot write " + model.words(), failed), counted);
        }
        return committed(counted, List.of());
    }

    /** Fits rows to the table that is there, or to what it becomes. */
    private Dataset<Row> fitted(Dataset<Row> rows) {
        StructType table = model.rows(batch.session()).orElseThrow().schema();
        boolean evolves = newColumns == Contract.Policy.EVOLVE;
        StructType wanted = evolves ? SchemaGrowth.between(table, rows.schema()).schema() : table;
        SchemaEnforcement columns = SchemaEnforcement.of(model.words(), wanted).computing(commits.computedColumns());
        return (evolves ? columns.filling() : columns).apply(rows);
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>(model.options());
        if (newColumns == Contract.Policy.EVOLVE) {
            options.put("mergeSchema", "true");
        }
        return options;
    }

    private CommitOutcome committed(Measured counted, List<String> warnings) {
        Optional<DeltaCommit> commit;
        try {
            commit = commits.find(batch.id());
        } catch (RuntimeException unreadable) {
            return new CommitOutcome.Unknown(MillraceException.external(
                    model.words() + ": the batch is written, but the table's log cannot be read: "
                            + unreadable.getMessage(),
                    unreadable));
        }
        if (commit.isEmpty()) {
            return new CommitOutcome.Unknown(MillraceException.internal(
                    model.words() + ": the batch is written, but its commit is not in the table's log", null));
        }
        long rows = commit.get().metrics().containsKey(ROWS) ? commit.get().metric(ROWS) : counted.count(ROWS);
        return new CommitOutcome.Committed(
                version(commit.get()),
                Counts.committed(rows),
                Map.of("version", commit.get().version(), "files", commit.get().metric("numFiles")),
                warnings);
    }

    /** The commit itself is the last word, not what came back from it. */
    private CommitOutcome afterFailure(MillraceException failure, Measured counted) {
        boolean there;
        try {
            there = commits.tableExists() && commits.committed(batch.id());
        } catch (RuntimeException unreachable) {
            failure.addSuppressed(unreachable);
            return new CommitOutcome.Unknown(failure);
        }
        return there
                ? committed(counted, List.of("the batch is committed, but after that: " + failure.getMessage()))
                : new CommitOutcome.Rejected(failure);
    }

    private static String version(DeltaCommit commit) {
        return "version " + commit.version();
    }
}
