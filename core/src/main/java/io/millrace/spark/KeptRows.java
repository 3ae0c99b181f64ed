package io.millrace.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;

/**
 * Some of the rows that actions run through, brought to the driver, as long as they are few. A task keeps them for itself; what a task that succeeded
 * has kept counts, once for each partition, however often Spark has to compute it. Public for the code that Spark generates.
 */
public final class KeptRows extends AccumulatorV2<Void, Map<KeptRows.Part, KeptRows.Content>> {

    private static final long serialVersionUID = 1L;

    /** What a task may keep, and all tasks of a stage together. A task with more keeps nothing, and nothing is complete. */
    private static final long MOST_OF_A_TASK = 4L << 20;

    private static final long MOST_OF_ALL = 64L << 20;

    private final StructType type;
    private final Map<Part, Content> parts = new HashMap<>();
    private transient @Nullable Content ofTask;
    private transient @Nullable UnsafeProjection projection;

    KeptRows(StructType type) {
        this.type = type;
    }

    /** A partition of a stage of an action. */
    public record Part(long execution, int stage, int partition) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** The rows of a part, in Spark's binary form. */
    public static final class Content implements Serializable {

        private static final long serialVersionUID = 1L;

        private final List<byte[]> rows = new ArrayList<>();
        private final long most;
        private long bytes;

        private Content(long most) {
            this.most = most;
        }

        private void add(byte[] row) {
            bytes += row.length;
            if (complete()) {
                rows.add(row);
            } else {
                rows.clear();
            }
        }

        private boolean complete() {
            return bytes <= most;
        }
    }

    /** Keeps a row, unless it is null; always true, so that it can stand in a filter. */
    public boolean keep(@Nullable InternalRow row) {
        if (row != null) {
            Content content = ofTask;
            if (content == null) {
                content = parts.computeIfAbsent(part(), absent -> new Content(most()));
                ofTask = content;
            }
            UnsafeProjection toUnsafe = projection;
            if (toUnsafe == null) {
                toUnsafe = UnsafeProjection.create(type);
                projection = toUnsafe;
            }
            content.add(toUnsafe.apply(row).copy().getBytes()); // a projection makes all rows in one place
        }
        return true;
    }

    /** Returns the rows of the first action; empty where there were too many. */
    synchronized Optional<List<InternalRow>> first() {
        long first = parts.keySet().stream().mapToLong(Part::execution).min().orElse(0);
        List<InternalRow> rows = new ArrayList<>();
        for (Map.Entry<Part, Content> part : parts.entrySet()) {
            if (part.getKey().execution() == first) {
                if (!part.getValue().complete()) {
                    return Optional.empty();
                }
                part.getValue().rows.forEach(bytes -> rows.add(row(bytes)));
            }
        }
        return Optional.of(rows);
    }

    private InternalRow row(byte[] bytes) {
        UnsafeRow row = new UnsafeRow(type.size());
        row.pointTo(bytes, bytes.length);
        return row;
    }

    private static long most() {
        TaskContext task = TaskContext.get();
        return task == null ? MOST_OF_A_TASK : Math.min(MOST_OF_A_TASK, MOST_OF_ALL / task.numPartitions());
    }

    private static Part part() {
        TaskContext task = TaskContext.get();
        return task == null
                ? new Part(RowCounts.execution(), 0, 0)
                : new Part(RowCounts.execution(), task.stageId(), task.partitionId());
    }

    @Override
    public synchronized boolean isZero() {
        return parts.isEmpty();
    }

    @Override
    public synchronized AccumulatorV2<Void, Map<Part, Content>> copy() {
        KeptRows copy = new KeptRows(type);
        copy.parts.putAll(parts);
        return copy;
    }

    @Override
    public synchronized void reset() {
        parts.clear();
        ofTask = null;
    }

    @Override
    public void add(Void nothing) {
        throw new UnsupportedOperationException("rows are kept by keep");
    }

    @Override
    public synchronized void merge(AccumulatorV2<Void, Map<Part, Content>> other) {
        parts.putAll(other.value());
    }

    @Override
    public synchronized Map<Part, Content> value() {
        return Map.copyOf(parts);
    }
}
