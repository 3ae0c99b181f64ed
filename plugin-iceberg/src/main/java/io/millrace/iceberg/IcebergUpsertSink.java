package io.millrace.iceberg;

import io.millrace.config.ConfigSection;
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
import io.millrace.spi.SupportsTableActions;
import io.millrace.spi.SupportsTargetNotes;
import io.millrace.spi.upsert.Upsert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Upserts into a table. What is not about writing it does as the sink of the table. */
record IcebergUpsertSink(IcebergSink table, Upsert upsert)
        implements Sink,
                NamesColumns,
                SupportsContract,
                SupportsCommitHistory,
                SupportsCompaction,
                SupportsTableActions,
                SupportsTargetNotes {

    @Override
    public String description() {
        return table.description(upsert.description());
    }

    @Override
    public List<String> summary(List<Map<String, Object>> details) {
        return upsert.summary(details);
    }

    @Override
    public List<NamedColumn> namedColumns() {
        return Stream.concat(table.namedColumns().stream(), upsert.namedColumns().stream())
                .toList();
    }

    @Override
    public boolean mayCompute(String column) {
        return table.mayCompute(column);
    }

    @Override
    public Optional<ReplacedRows> replacedRows() {
        return Optional.of(ReplacedRows.SAME_KEYS);
    }

    @Override
    public Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    public IcebergUpsertSink ofRun() {
        return new IcebergUpsertSink(table, upsert.ofRun());
    }

    @Override
    public CommitOutcome write(Batch batch) {
        return upsert.write(batch);
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output) {
        return table.lastBatches(session, output);
    }

    @Override
    public Optional<StructType> targetColumns(SparkSession session) {
        return table.targetColumns(session);
    }

    @Override
    public Set<String> columnsOfItsOwn() {
        return upsert.inputColumns();
    }

    @Override
    public List<String> targetNotes(SparkSession session) {
        List<String> notes = new ArrayList<>(table.targetNotes(session));
        targetColumns(session).map(upsert::notes).ifPresent(notes::addAll);
        return notes;
    }

    @Override
    public CompactionResult compact(SparkSession session, CompactionRequest request) {
        return upsert.compacted(session, table.compact(session, request));
    }

    @Override
    public Set<String> tableActions() {
        return table.tableActions();
    }

    @Override
    public Optional<Action> tableAction(String action, ConfigSection options) {
        return table.tableAction(action, options);
    }
}
