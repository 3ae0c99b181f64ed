package io.millrace.internal.spark.rows;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The first of the rows that each task of an action runs through, a few of each group. Public for the code that Spark generates. */
public final class FirstRows extends RowsOfTasks<FirstRows.Content> {

    private static final long serialVersionUID = 1L;

    private final int ofGroup;
    private final int inAll;

    FirstRows(StructType type, int ofGroup, int inAll) {
        super(type);
        this.ofGroup = ofGroup;
        this.inAll = inAll;
    }

    /** The rows of a part, in Spark's binary form. */
    static final class Content implements Serializable {

        private static final long serialVersionUID = 1L;

        private final List<byte[]> rows = new ArrayList<>();
        private final Map<String, Integer> groups = new HashMap<>();

        private synchronized void add(byte[] row, String group) {
            rows.add(row);
            groups.merge(group, 1, Integer::sum);
        }

        private synchronized int size() {
            return rows.size();
        }

        private synchronized int size(String group) {
            return groups.getOrDefault(group, 0);
        }

        private synchronized void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
        }
    }

    /** Keeps a row, if it is among the first; always true, so that it can stand in a filter. */
    public boolean keep(@Nullable UTF8String group, InternalRow row) {
        Content content = ofTask();
        if (content.size() < inAll) {
            String name = String.valueOf(group);
            if (content.size(name) < ofGroup) {
                content.add(bytes(row), name);
            }
        }
        return true;
    }

    /** Returns the rows that tasks of the first action have kept, in the order of the partitions. */
    Stream<InternalRow> rows() {
        return first().stream().flatMap(part -> part.rows.stream()).map(this::row);
    }

    @Override
    RowsOfTasks<Content> empty() {
        return new FirstRows(type(), ofGroup, inAll);
    }

    @Override
    Content nothing(@Nullable TaskContext task) {
        return new Content();
    }
}
