package io.millrace.internal.spark.rows;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Some of the rows that actions run through, all of them or none: as long as they are few. Public for the code that Spark generates. */
public final class KeptRows extends RowsOfTasks<KeptRows.Content> {

    private static final long serialVersionUID = 1L;

    /** What a task may keep, and all tasks of a stage together. A task with more keeps nothing, and nothing is complete. */
    static final long MOST_OF_A_TASK = 4L << 20;

    private static final long MOST_OF_ALL = 64L << 20;

    KeptRows(StructType type) {
        super(type);
    }

    /** The rows of a part, in Spark's binary form. */
    static final class Content implements Serializable {

        private static final long serialVersionUID = 1L;

        private final List<byte[]> rows = new ArrayList<>();
        private final long most;
        private long bytes;

        private Content(long most) {
            this.most = most;
        }

        private synchronized void add(byte[] row) {
            bytes += row.length;
            if (complete()) {
                rows.add(row);
            } else {
                rows.clear();
            }
        }

        private synchronized boolean complete() {
            return bytes <= most;
        }

        private synchronized void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
        }
    }

    /** Keeps a row, unless it is null; always true, so that it can stand in a filter. */
    public boolean keep(@Nullable InternalRow row) {
        if (row != null) {
            ofTask().add(bytes(row));
        }
        return true;
    }

    /** Returns the rows of the first action; empty where there were too many. */
    Optional<List<UnsafeRow>> rows() {
        List<Content> parts = first();
        return parts.stream().allMatch(Content::complete)
                ? Optional.of(parts.stream()
                        .flatMap(part -> part.rows.stream())
                        .map(this::row)
                        .toList())
                : Optional.empty();
    }

    @Override
    RowsOfTasks<Content> empty() {
        return new KeptRows(type());
    }

    @Override
    Content nothing(@Nullable TaskContext task) {
        return new Content(
                task == null ? MOST_OF_A_TASK : Math.min(MOST_OF_A_TASK, MOST_OF_ALL / task.numPartitions()));
    }
}
