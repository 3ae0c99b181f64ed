package io.millrace.internal.spark.rows;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;

/**
 * Counts of rows, apart for each action of Spark SQL that ran through them: by the id of its execution. In a task it counts for itself; Spark adds
 * up what tasks that succeeded have counted. Public for the code that Spark generates.
 */
public final class RowCounts extends AccumulatorV2<Void, Map<Long, long[]>> {

    private static final long serialVersionUID = 1L;
    private static final String EXECUTION = "spark.sql.execution.id";

    private final int width;
    private final Map<Long, long[]> byExecution = new HashMap<>();
    private transient long @Nullable [] ofTask;

    RowCounts(int width) {
        this.width = width;
    }

    /** Counts a row under a number where the condition holds; always true, so that it can stand in a filter. */
    public boolean count(int number, boolean condition) {
        if (condition) {
            long[] counts = ofTask;
            if (counts == null) {
                counts = byExecution.computeIfAbsent(execution(), id -> new long[width]);
                ofTask = counts;
            }
            counts[number]++;
        }
        return true;
    }

    /** Returns the counts of the first action, in the order of their numbers; empty where no row was seen. */
    synchronized Optional<long[]> first() {
        return new TreeMap<>(byExecution).values().stream().findFirst();
    }

    /** Returns the id of the action a task works for. */
    static long execution() {
        TaskContext task = TaskContext.get();
        String id = task == null ? null : task.getLocalProperty(EXECUTION);
        return id == null ? Long.MAX_VALUE : Long.parseLong(id);
    }

    @Override
    public synchronized boolean isZero() {
        return byExecution.isEmpty();
    }

    @Override
    public synchronized AccumulatorV2<Void, Map<Long, long[]>> copy() {
        RowCounts copy = new RowCounts(width);
        byExecution.forEach((execution, counts) -> copy.byExecution.put(execution, counts.clone()));
        return copy;
    }

    @Override
    public synchronized void reset() {
        byExecution.clear();
        ofTask = null;
    }

    @Override
    public void add(Void nothing) {
        throw new UnsupportedOperationException("rows are counted by count");
    }

    @Override
    public synchronized void merge(AccumulatorV2<Void, Map<Long, long[]>> other) {
        other.value().forEach((execution, counts) -> byExecution.merge(execution, counts.clone(), RowCounts::sum));
    }

    @Override
    public synchronized Map<Long, long[]> value() {
        return Map.copyOf(byExecution);
    }

    private static long[] sum(long[] some, long[] more) {
        for (int i = 0; i < some.length; i++) {
            some[i] += more[i];
        }
        return some;
    }
}
