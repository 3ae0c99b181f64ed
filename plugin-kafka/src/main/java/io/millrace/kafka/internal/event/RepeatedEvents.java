package io.millrace.kafka.internal.event;

import static org.apache.spark.sql.functions.current_timestamp;

import io.millrace.spi.SourceColumn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.GroupState;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Finds events that came before, by Spark's state of a stream: of each event that is looked for it keeps that it came, until its time is over. Of those
 * that come in one batch, the one with the least offset is the first.
 *
 * @param timeToLive counted from when an event came first
 */
public record RepeatedEvents(Duration timeToLive) {

    /** When the batch of an event began: a watermark over it makes state end, and no event is ever behind it. */
    private static final String SEEN = "_seen";

    private static final StructType MARKED = new StructType()
            .add("value", DataTypes.BinaryType)
            .add("did", DataTypes.StringType)
            .add("status", DataTypes.StringType)
            .add(SourceColumn.NAME, SourceColumn.TYPE);

    /** In front of the place of an event that is not looked for: no identity begins so. */
    private static final String PLACE = "\u0000";

    /** Marks the duplicates among rows as {@link EventStatus} makes them. */
    public Dataset<Row> marked(Dataset<Row> events) {
        long millis = timeToLive.toMillis();
        return events.withColumn(SEEN, current_timestamp())
                .withWatermark(SEEN, "0 seconds")
                .groupByKey((MapFunction<Row, String>) RepeatedEvents::key, Encoders.STRING())
                .flatMapGroupsWithState(
                        (FlatMapGroupsWithStateFunction<String, Row, Long, Row>)
                                (key, rows, state) -> marked(key, rows, state, millis),
                        OutputMode.Append(),
                        Encoders.LONG(),
                        Encoders.row(MARKED),
                        GroupStateTimeout.EventTimeTimeout());
    }

    private static String key(Row row) {
        if (!row.isNullAt(3)) {
            return row.getString(3);
        }
        Row source = row.getStruct(4);
        return PLACE + source.get(0) + "/" + source.get(1) + "/" + source.get(2);
    }

    private static Iterator<Row> marked(String key, Iterator<Row> rows, GroupState<Long> state, long millis) {
        List<Row> marked = new ArrayList<>();
        if (key.startsWith(PLACE)) {
            rows.forEachRemaining(row -> marked.add(row(row, row.getString(2), row.getAs(0))));
            return marked.iterator();
        }
        if (state.hasTimedOut()) {
            state.remove();
            return marked.iterator();
        }
        List<Row> inOrder = new ArrayList<>();
        rows.forEachRemaining(inOrder::add);
        inOrder.sort(Comparator.comparing(RepeatedEvents::offset));
        for (Row row : inOrder) {
            long seen = row.getTimestamp(5).getTime();
            boolean first = !state.exists() || seen - state.get() >= millis;
            byte[] value = row.getAs(0);
            marked.add(row(
                    row,
                    first ? EventStatus.UNIQUE : EventStatus.DUPLICATE,
                    EventStatus.flagged(value, first ? EventStatus.PROCESSED : EventStatus.REPEATED)));
            if (first) {
                state.update(seen);
            }
        }
        state.setTimeoutTimestamp(Math.max(state.get() + millis, state.getCurrentWatermarkMs() + 1));
        return marked.iterator();
    }

    private static long offset(Row row) {
        Row source = row.getStruct(4);
        return source.isNullAt(2) ? 0 : source.getLong(2);
    }

    private static Row row(Row event, String status, byte @Nullable [] value) {
        return RowFactory.create(value, event.get(1), status, event.get(4));
    }
}
