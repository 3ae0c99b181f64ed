package io.millrace.examples.workflowsummary;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The summaries of events that come device by device in the order of time; made as they are asked for. */
final class SummariesOfDevices implements Iterator<Row> {

    static final StructType COLUMNS = new StructType()
            .add("did", DataTypes.StringType)
            .add("mid", DataTypes.StringType)
            .add("summary", DataTypes.StringType)
            .add("kafka_partition", DataTypes.IntegerType);

    private final Iterator<Row> rows;
    private final Measuring measuring;
    private final long madeAt;
    private final Queue<Row> made = new ArrayDeque<>();
    private @Nullable Workflow workflow;
    private @Nullable Row before;

    SummariesOfDevices(Iterator<Row> rows, Measuring measuring, long madeAt) {
        this.rows = rows;
        this.measuring = measuring;
        this.madeAt = madeAt;
    }

    @Override
    public boolean hasNext() {
        while (made.isEmpty() && rows.hasNext()) {
            take(rows.next());
        }
        if (made.isEmpty() && workflow != null) {
            end(workflow);
            workflow = null;
        }
        return !made.isEmpty();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return made.remove();
    }

    private void take(Row row) {
        if (workflow != null && before != null && !EventRows.together(before, row)) {
            end(workflow);
            workflow = null;
        }
        if (workflow == null) {
            workflow = new Workflow(measuring);
        }
        workflow.add(EventRows.event(row));
        make(workflow, EventRows.partition(row));
        before = row;
    }

    private void end(Workflow ended) {
        ended.end();
        make(ended, before == null ? null : EventRows.partition(before));
    }

    private void make(Workflow of, @Nullable Integer partition) {
        for (ClosedSummary summary : of.takeClosed()) {
            SummaryMessage message = new SummaryMessage(summary, measuring);
            made.add(RowFactory.create(
                    summary.first().context().device(), message.id(), message.json(madeAt), partition));
        }
    }
}
