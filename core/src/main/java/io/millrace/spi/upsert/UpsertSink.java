package io.millrace.spi.upsert;

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
import io.millrace.spi.SupportsTargetNotes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A sink that upserts into a table. What is not about writing it does as the product's sink of that table.
 *
 * @param <T> the product's sink
 */
public interface UpsertSink<
                T extends Sink & NamesColumns & SupportsContract & SupportsCommitHistory & SupportsCompaction>
        extends Sink, NamesColumns, SupportsContract, SupportsCommitHistory, SupportsCompaction, SupportsTargetNotes {

    /** Returns the product's sink of the table. */
    T table();

    /** Returns the upsert. */
    Upsert upsert();

    @Override
    default List<String> summary(List<Map<String, Object>> details) {
        return upsert().summary(details);
    }

    @Override
    default List<NamedColumn> namedColumns() {
        return Stream.concat(table().namedColumns().stream(), upsert().namedColumns().stream())
                .toList();
    }

    @Override
    default boolean mayCompute(String column) {
        return table().mayCompute(column);
    }

    @Override
    default Optional<ReplacedRows> replacedRows() {
        return Optional.of(ReplacedRows.SAME_KEYS);
    }

    @Override
    default Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    default CommitOutcome write(Batch batch) {
        return upsert().write(batch);
    }

    @Override
    default Map<String, Long> lastBatches(SparkSession session, OutputId output) {
        return table().lastBatches(session, output);
    }

    @Override
    default Optional<StructType> targetColumns(SparkSession session) {
        return table().targetColumns(session);
    }

    @Override
    default Set<String> columnsOfItsOwn() {
        return upsert().inputColumns();
    }

    @Override
    default CompactionResult compact(SparkSession session, CompactionRequest request) {
        return upsert().compacted(session, table().compact(session, request));
    }
}
