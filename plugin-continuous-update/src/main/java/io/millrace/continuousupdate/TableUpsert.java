package io.millrace.continuousupdate;

import io.millrace.internal.commit.CommitRetries;
import io.millrace.parallelwrite.SymlinkManifest;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.upsert.MergeTable;
import io.millrace.spi.upsert.Upsert;
import io.millrace.spi.upsert.UpsertTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** An upsert into a table that a product names. */
record TableUpsert(UpsertTable table, UpsertRun run) implements Upsert {

    @Override
    public String description() {
        return run.description();
    }

    @Override
    public TableUpsert ofRun() {
        return new TableUpsert(table, run.next());
    }

    @Override
    public CommitOutcome write(Batch batch) {
        SparkSession session = batch.session();
        CommitOutcome outcome = run.write(batch, table.name(), table.name(), () -> opened(session));
        return table instanceof UpsertTable.Delta delta
                ? manifest().after(outcome, () -> place(delta, session).table(session))
                : outcome;
    }

    private MergeTable opened(SparkSession session) {
        return table instanceof UpsertTable.Delta delta
                ? new DeltaMergeTable(session, place(delta, session), null, delta.partitionBy(), CommitRetries.STANDARD)
                : ((UpsertTable.Mergeable) table).open().apply(session);
    }

    @Override
    public List<String> summary(List<Map<String, Object>> details) {
        return run.summary(details);
    }

    @Override
    public List<NamedColumn> namedColumns() {
        return run.namedColumns();
    }

    @Override
    public Set<String> inputColumns() {
        return run.inputColumns();
    }

    @Override
    public List<String> notes(StructType columns) {
        return run.notes(columns);
    }

    @Override
    public CompactionResult compacted(SparkSession session, CompactionResult result) {
        return table instanceof UpsertTable.Delta delta && !result.folders().isEmpty()
                ? manifest().after(result, () -> place(delta, session).table(session))
                : result;
    }

    private SymlinkManifest manifest() {
        return SymlinkManifest.of(run.settings().symlinkManifest());
    }

    private static DeltaPlace place(UpsertTable.Delta delta, SparkSession session) {
        return new DeltaPlace(delta.name(), delta.folder().apply(session), delta.storage());
    }
}
