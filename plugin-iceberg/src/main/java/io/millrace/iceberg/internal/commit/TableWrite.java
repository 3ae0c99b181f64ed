package io.millrace.iceberg.internal.commit;

import io.millrace.iceberg.internal.table.CommitRetries;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.MergeClauses;
import io.millrace.iceberg.internal.table.TargetTable;
import io.millrace.model.Contract;
import io.millrace.spark.Preparation;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import java.util.Optional;
import org.apache.iceberg.Table;

/**
 * How batches are written into a table, each once.
 *
 * @param newColumns what is to become of columns of the rows that the table has not
 */
public record TableWrite(IcebergModel model, Contract.Policy newColumns, CommitRetries retries) {

    /** Writes a batch, unless it is in the table. */
    public CommitOutcome write(Batch batch) {
        return Preparation.of("cannot write " + model.words(), () -> {
            TargetTable target = new TargetTable(model, batch.session());
            CommitFate fate = new CommitFate(model, batch, retries);
            Optional<Table> there = target.find();
            Optional<CommitOutcome> before = there.flatMap(fate::before);
            return before.isPresent() ? before::get : () -> write(batch, target, there, fate);
        });
    }

    /** Writes a batch that is not in the table, as it was found. */
    public CommitOutcome write(Batch batch, TargetTable target, Optional<Table> there, CommitFate fate) {
        return Preparation.of("cannot write " + model.words(), () -> {
            Table table = target.ready(there, batch.data().schema(), newColumns);
            MergeClauses merge = model.merge();
            return merge == null
                    ? new BatchWrite(this, batch, fate).prepared(table)
                    : new MergeWrite(this, merge, batch, target, fate).prepared(table);
        });
    }

    boolean evolves() {
        return newColumns == Contract.Policy.EVOLVE;
    }
}
