package io.millrace.iceberg;

import io.millrace.config.ConfigSection;
import io.millrace.iceberg.internal.action.TableActions;
import io.millrace.iceberg.internal.action.TableCompaction;
import io.millrace.iceberg.internal.commit.BatchSnapshots;
import io.millrace.iceberg.internal.commit.TableWrite;
import io.millrace.iceberg.internal.entity.UpsertedTable;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.internal.spark.Sessions;
import io.millrace.model.SchemaContract;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.Delivery;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.NamesColumns;
import io.millrace.spi.OutputId;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import io.millrace.spi.SupportsCompaction;
import io.millrace.spi.SupportsContract;
import io.millrace.spi.SupportsReplacement;
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
record IcebergSink(IcebergModel model, SchemaContract.Policy newColumns, CommitRetries retries)
        implements Sink,
                SupportsReplacement,
                NamesColumns,
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

    /** What the table is laid out by comes from the rows, unless clauses say what is made of these. */
    @Override
    public List<NamedColumn> namedColumns() {
        return model.merge() == null ? model.layout().namedColumns() : List.of();
    }

    /** Of a table that evolves, rows may lack what it has. */
    @Override
    public boolean mayCompute(String column) {
        return newColumns == SchemaContract.Policy.EVOLVE;
    }

    @Override
    public Optional<ReplacedRows> replacedRows() {
        return model.merge() == null ? Optional.of(model.commitKind().replaced()) : Optional.empty();
    }

    /** Iceberg replaces whole files, so those have to hold rows of one side of the condition only. */
    @Override
    public Optional<String> replacementProblem(Set<String> columns) {
        if (model.merge() != null) {
            return Optional.of("is not needed: the clauses of merge say what becomes of the rows that are there");
        }
        List<String> partitionBy = model.layout().partitionColumns();
        List<String> others = columns.stream()
                .filter(column -> partitionBy.stream().noneMatch(column::equalsIgnoreCase))
                .toList();
        return partitionBy.isEmpty() || others.isEmpty()
                ? Optional.empty()
                : Optional.of("Iceberg replaces whole files, and " + String.join(", ", others)
                        + (others.size() == 1 ? " is" : " are") + " not in partition-by; add "
                        + (others.size() == 1 ? "it" : "them") + " there, or write save-mode = upsert");
    }

    @Override
    public Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    public CommitOutcome write(Batch batch) {
        return new TableWrite(model, newColumns, retries).write(batch);
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output) {
        return new IcebergTargetTable(model, session)
                .find()
                .map(table -> BatchSnapshots.lastBatches(table, model.branch(), output))
                .orElse(Map.of());
    }

    @Override
    public Optional<StructType> targetColumns(SparkSession session) {
        return new IcebergTargetTable(model, session).find().map(table -> SparkSchemaUtil.convert(table.schema()));
    }

    @Override
    public CompactionResult compact(SparkSession session, CompactionRequest request) {
        return new TableCompaction(model, Sessions.beside(session)).run(request);
    }

    @Override
    public List<String> targetNotes(SparkSession session) {
        IcebergTargetTable target = new IcebergTargetTable(model, session);
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
