package io.millrace.internal.spark.rows;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;

/**
 * What tasks keep of the rows that they run through, brought to the driver. A task keeps it for itself; what a task that succeeded has kept counts,
 * once for each partition, however often Spark has to compute it.
 *
 * @param <C> what one task keeps; thread-safe, as Spark looks at it while the task runs
 */
abstract class RowsOfTasks<C extends Serializable> extends AccumulatorV2<Void, Map<RowsOfTasks.Part, C>> {

    private static final long serialVersionUID = 1L;

    private StructType type;
    private final Map<Part, C> parts = new HashMap<>();
    private transient @Nullable C ofTask;
    private transient @Nullable UnsafeProjection projection;

    RowsOfTasks(StructType type) {
        this.type = type;
    }

    /** A partition of a stage of an action. */
    record Part(long execution, int stage, int partition) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Returns one of the same kind that has kept nothing. */
    abstract RowsOfTasks<C> empty();

    /** Returns what a task begins with. */
    abstract C nothing(@Nullable TaskContext task);

    /** Says what the rows are made of, which is known when the plan that keeps them was analyzed. */
    final void ofType(StructType known) {
        type = known;
    }

    final StructType type() {
        return type;
    }

    /** Returns what the task at hand keeps. */
    final C ofTask() {
        C content = ofTask;
        if (content == null) {
            content = begin(TaskContext.get());
            ofTask = content;
        }
        return content;
    }

    private synchronized C begin(@Nullable TaskContext task) {
        Part part = task == null
                ? new Part(RowCounts.execution(), 0, 0)
                : new Part(RowCounts.execution(), task.stageId(), task.partitionId());
        return parts.computeIfAbsent(part, absent -> nothing(task));
    }

    /** Returns a row in Spark's binary form. */
    final byte[] bytes(InternalRow row) {
        UnsafeProjection toUnsafe = projection;
        if (toUnsafe == null) {
            toUnsafe = UnsafeProjection.create(type);
            projection = toUnsafe;
        }
        return toUnsafe.apply(row).copy().getBytes(); // a projection makes all rows in one place
    }

    final UnsafeRow row(byte[] bytes) {
        UnsafeRow row = new UnsafeRow(type.size());
        row.pointTo(bytes, bytes.length);
        return row;
    }

    /** Returns what was kept by the first action, in the order of the partitions. */
    final synchronized List<C> first() {
        long first = parts.keySet().stream().mapToLong(Part::execution).min().orElse(0);
        return parts.entrySet().stream()
                .filter(part -> part.getKey().execution() == first)
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparingInt(Part::stage).thenComparingInt(Part::partition)))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public final synchronized boolean isZero() {
        return parts.isEmpty();
    }

    @Override
    public final synchronized AccumulatorV2<Void, Map<Part, C>> copy() {
        RowsOfTasks<C> copy = empty();
        copy.takeOver(parts);
        return copy;
    }

    private synchronized void takeOver(Map<Part, C> others) {
        parts.putAll(others);
    }

    @Override
    public final synchronized void reset() {
        parts.clear();
        ofTask = null;
    }

    @Override
    public final void add(Void nothing) {
        throw new UnsupportedOperationException("rows are kept by keep");
    }

    @Override
    public final void merge(AccumulatorV2<Void, Map<Part, C>> other) {
        takeOver(other.value());
    }

    @Override
    public final synchronized Map<Part, C> value() {
        return Map.copyOf(parts);
    }
}
