package io.millrace.iceberg.internal.commit;

import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import io.millrace.iceberg.internal.table.MergeClauses;
import io.millrace.internal.spark.rows.SettledRows;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Preparation.Commit;
import io.millrace.spi.SparkErrors;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;

/** Merges a batch into a table by the clauses of its model. */
final class MergeWrite {

    private final TableWrite write;
    private final IcebergModel model;
    private final MergeClauses clauses;
    private final Batch batch;
    private final SparkSession session;
    private final IcebergTargetTable target;
    private final BatchHistory history;

    MergeWrite(TableWrite write, MergeClauses clauses, Batch batch, IcebergTargetTable target, BatchHistory history) {
        this.write = write;
        this.model = write.model();
        this.clauses = clauses;
        this.batch = batch;
        this.session = batch.session();
        this.target = target;
        this.history = history;
    }

    /** Returns how the batch is committed. MERGE reads the rows twice: to find the files it has to rewrite, and to write them. So they are kept. */
    Commit prepared(Table table) {
        target.branch(table);
        SettledRows settled;
        try {
            settled = SettledRows.of(batch.data());
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw SparkErrors.of("cannot merge into " + model.words(), failed);
        }
        return () -> merged(table, settled);
    }

    private CommitOutcome merged(Table table, SettledRows settled) {
        String view = "millrace_" + UUID.randomUUID().toString().replace('-', '_'); // of this attempt only
        try (settled) {
            settled.rows().createOrReplaceTempView(view);
            String statement = clauses.statement(model.table().sql(model.branch()), view);
            return new IcebergMergeCommit(model, batch, target, history, write.retries())
                    .run(table, settled.rows().count(), () -> session.sql(statement));
        } finally {
            session.catalog().dropTempView(view);
        }
    }
}
