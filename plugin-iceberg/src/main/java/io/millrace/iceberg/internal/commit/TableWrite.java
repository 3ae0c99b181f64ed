package io.millrace.iceberg.internal.commit;

import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import io.millrace.iceberg.internal.table.MergeClauses;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.model.SchemaContract;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Preparation;
import java.util.Optional;
import org.apache.iceberg.Table;

/**
 * How batches are written into a table, each once.
 *
 * @param newColumns what is to become of columns of the rows that the table has not
 */
public record TableWrite(IcebergModel model, SchemaContract.Policy newColumns, CommitRetries retries) {

    /** Writes a batch, unless it is in the table. */
    public CommitOutcome write(Batch batch) {
        return Preparation.of("cannot write " + model.words(), () -> {
            IcebergTargetTable target = new IcebergTargetTable(model, batch.session());
            BatchHistory history = new BatchHistory(model, batch, retries);
            Optional<Table> there = target.find();
            Optional<CommitOutcome> before = there.flatMap(history::before);
            return before.isPresent() ? before::get : () -> write(batch, target, there, history);
        });
    }

    /** Writes a batch that is not in the table, as it was found. */
    public CommitOutcome write(Batch batch, IcebergTargetTable target, Optional<Table> there, BatchHistory history) {
        return Preparation.of("cannot write " + model.words(), () -> {
            Table table = target.ready(there, batch.data().schema(), newColumns);
            MergeClauses merge = model.merge();
            return merge == null
                    ? new BatchWrite(this, batch, history).prepared(table)
                    : new MergeWrite(this, merge, batch, target, history).prepared(table);
        });
    }

    boolean evolves() {
        return newColumns == SchemaContract.Policy.EVOLVE;
    }
}
