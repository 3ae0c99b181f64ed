package io.millrace.iceberg;

import io.millrace.config.ConfigSection;
import io.millrace.model.Contract;
import io.millrace.spark.Preparation;
import io.millrace.spark.Sessions;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.Delivery;
import io.millrace.spi.OutputId;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import io.millrace.spi.SupportsCompaction;
import io.millrace.spi.SupportsContract;
import io.millrace.spi.SupportsTableActions;
import io.millrace.spi.SupportsTargetNotes;
import io.millrace.spi.upsert.UpsertTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Writes a table, each batch once, beside any number of others that write it too. */
record IcebergSink(IcebergModel model, Contract.Policy newColumns, CommitRetries retries)
        implements Sink,
                SupportsContract,
                SupportsCommitHistory,
                SupportsCompaction,
                SupportsTableActions,
                SupportsTargetNotes {

    @Override
    public String description() {
        return description(model.saving());
    }

    /** @param saving says how rows come into the table */
    String description(String saving) {
        String partitions = model.layout().partitionBy().isEmpty()
                ? ""
                : ", partitioned by " + model.layout().partitions();
        return model.words() + ", " + saving + partitions;
    }

    /** Returns the table for an upsert. */
    UpsertTable.Mergeable upsertTable() {
        return new UpsertTable.Mergeable(model.words(), session -> new UpsertedTable(model, session));
    }

    boolean evolves() {
        return newColumns == Contract.Policy.EVOLVE;
    }

    @Override
    public Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
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
    CommitOutcome write(Batch batch, TargetTable target, Optional<Table> there, CommitFate fate) {
        return Preparation.of("cannot write " + model.words(), () -> {
            Table table = target.ready(there, batch.data().schema(), newColumns);
            MergeClauses merge = model.merge();
            return merge == null
                    ? new BatchWrite(this, batch, fate).prepared(table)
                    : new MergeWrite(this, merge, batch, target, fate).prepared(table);
        });
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output) {
        return new TargetTable(model, session)
                .find()
                .map(table -> CommittedBatches.lastBatches(table, model.branch(), output))
                .orElse(Map.of());
    }

    @Override
    public Optional<StructType> targetColumns(SparkSession session) {
        return new TargetTable(model, session).find().map(table -> SparkSchemaUtil.convert(table.schema()));
    }

    @Override
    public CompactionResult compact(SparkSession session, CompactionRequest request) {
        return new TableCompaction(model, Sessions.beside(session)).run(request);
    }

    @Override
    public List<String> targetNotes(SparkSession session) {
        TargetTable target = new TargetTable(model, session);
        Optional<Table> table = target.find();
        table.ifPresent(target::checkPartitions);
        return table.isPresent() ? List.of() : List.of("the first batch makes the table");
    }

    @Override
    public Set<String> tableActions() {
        return TableActions.NAMES;
    }

    @Override
    public Optional<Action> tableAction(String action, ConfigSection options) {
        return TableActions.of(model, action, options);
    }
}
