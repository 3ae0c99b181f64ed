package io.millrace.internal.builtin;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.delta.DeltaCommits;
import io.millrace.internal.spark.delta.DeltaCompaction;
import io.millrace.model.SchemaContract;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.Delivery;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.NamesColumns;
import io.millrace.spi.OutputId;
import io.millrace.spi.Preparation;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import io.millrace.spi.SupportsCompaction;
import io.millrace.spi.SupportsContract;
import io.millrace.spi.SupportsReplacement;
import io.millrace.spi.upsert.UpsertTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Writes a table: each batch once where it is a Delta table. */
record TableSink(TableModel model, SchemaContract.Policy newColumns)
        implements Sink,
                SupportsReplacement,
                NamesColumns,
                SupportsContract,
                SupportsCommitHistory,
                SupportsCompaction {

    @Override
    public String description() {
        String twice = model.delivery() == Delivery.AT_LEAST_ONCE
                ? ", rows of a batch that is written again may be there twice"
                : "";
        return model.words() + ", " + model.saveMode().word() + twice;
    }

    @Override
    public Delivery delivery() {
        return model.delivery();
    }

    @Override
    public Optional<ReplacedRows> replacedRows() {
        return Optional.of(model.saveMode().replaced(model.overwrite()));
    }

    @Override
    public List<NamedColumn> namedColumns() {
        return NamedColumn.names("partition-by", model.partitionBy()).toList();
    }

    @Override
    public CommitOutcome write(Batch batch) {
        return Preparation.of(
                "cannot write " + model.words(),
                () -> isDelta(batch.session())
                        ? new DeltaWrite(model, newColumns, batch).prepared()
                        : plain(batch).prepared());
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output) {
        boolean known = model.name() == null || DeltaCommits.isDelta(session, model.name());
        return known ? model.commits(session).lastBatches(output) : Map.of();
    }

    @Override
    public Optional<StructType> targetColumns(SparkSession session) {
        return model.rows(session).map(Dataset::schema);
    }

    private PlainTableWrite plain(Batch batch) {
        if (newColumns == SchemaContract.Policy.EVOLVE) {
            throw MillraceException.user(
                    model.words()
                            + " is not a Delta table: a contract cannot evolve its columns; alter the table, or write contract { table = discard }");
        }
        if (batch.replaces() != null) {
            throw MillraceException.user(model.words()
                    + " is not a Delta table: a run cannot replace the rows for which a condition holds; make it a Delta table, or leave"
                    + " replaces out and write save-mode = overwrite, overwrite = dynamic");
        }
        return new PlainTableWrite(model, batch);
    }

    @Override
    public CompactionResult compact(SparkSession session, CompactionRequest request) {
        if (model.name() == null) {
            return DeltaCompaction.atPath(session, String.valueOf(model.path()), model.storage(), model.words())
                    .run(request, null);
        }
        return DeltaCommits.isDelta(session, model.name())
                ? DeltaCompaction.ofTable(session, model.name(), model.words()).run(request, null)
                : CompactionResult.nothing(model.words() + " is not a Delta table");
    }

    /** Returns the table for an upsert, which only a Delta table takes. */
    UpsertTable.Delta upsertTable() {
        return new UpsertTable.Delta(model.words(), this::folder, model.storage(), model.partitionBy());
    }

    private String folder(SparkSession session) {
        return model.name() == null
                ? String.valueOf(model.path())
                : model.commits(session).folder();
    }

    private boolean isDelta(SparkSession session) {
        if (model.name() == null) {
            return true;
        }
        boolean delta = DeltaCommits.isDelta(session, model.name());
        if (!delta
                && model.delivery() == Delivery.EXACTLY_ONCE
                && session.catalog().tableExists(model.name())) {
            throw MillraceException.user(model.words()
                    + " is not a Delta table: a batch that is written again after a crash would be in it twice; accept that"
                    + " with delivery = at-least-once");
        }
        return delta;
    }
}
