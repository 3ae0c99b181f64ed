package io.millrace.internal.builtin;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.DeltaCommits;
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
import io.millrace.spi.SupportsTargetNotes;
import io.millrace.spi.upsert.Upsert;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Upserts into a Delta table. What is not about writing it does as the sink of the table. */
record TableUpsertSink(TableSink table, Upsert upsert)
        implements Sink,
                NamesColumns,
                SupportsContract,
                SupportsCommitHistory,
                SupportsCompaction,
                SupportsTargetNotes {

    @Override
    public String description() {
        return table.model().words() + ", " + upsert.description();
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
    public TableUpsertSink ofRun() {
        return new TableUpsertSink(table, upsert.ofRun());
    }

    @Override
    public CommitOutcome write(Batch batch) {
        return Preparation.of("cannot upsert into " + table.model().words(), () -> {
            requireDelta(batch);
            return () -> upsert.write(batch);
        });
    }

    private void requireDelta(Batch batch) {
        TableModel model = table.model();
        SparkSession session = batch.session();
        if (model.name() == null || DeltaCommits.isDelta(session, model.name())) {
            return;
        }
        throw MillraceException.user(
                session.catalog().tableExists(model.name())
                        ? model.words()
                                + " is not a Delta table, and an upsert changes rows in place, which its format does not allow; make it one,"
                                + " or write an Iceberg table by product = iceberg"
                        : model.absent(batch.data().schema()));
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
        return targetColumns(session)
                .map(upsert::notes)
                .orElseGet(() -> List.of(
                        table.model().name() == null
                                ? "the first batch makes the table"
                                : "the table is not there; create it, as a Delta table, before the first batch"));
    }

    @Override
    public CompactionResult compact(SparkSession session, CompactionRequest request) {
        return upsert.compacted(session, table.compact(session, request));
    }
}
