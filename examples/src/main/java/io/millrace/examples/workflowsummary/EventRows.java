package io.millrace.examples.workflowsummary;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.millrace.examples.workflowsummary.TelemetryEvent.Answer;
import io.millrace.examples.workflowsummary.TelemetryEvent.Application;
import io.millrace.examples.workflowsummary.TelemetryEvent.Context;
import java.util.Arrays;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Events as rows with a column for each thing that is needed of them, so that nothing is parsed twice. */
final class EventRows {

    private static final Column[] GROUP = {col("did"), col("channel"), col("application")};
    private static final Column[] ORDER = {col("did"), col("channel"), col("application"), col("time"), col("mid")};

    private EventRows() {}

    /**
     * Returns the events of each device, channel and application one after the other, by their time.
     *
     * @param application by which they are told apart
     * @param partition of the topic they came through
     * @param whole whether these are all events of a partition of the topic, and so all of each device in it: then none has to be brought together
     */
    static Dataset<Row> sorted(Dataset<Row> events, Column time, Column application, Column partition, boolean whole) {
        Dataset<Row> rows = events.select(
                coalesce(col("context.did"), lit("")).as("did"),
                col("context.channel").as("channel"),
                application.as("application"),
                time.as("time"),
                col("mid"),
                col("eid"),
                coalesce(expr("unix_millis(try_cast(`@timestamp` AS TIMESTAMP))"), lit(0L))
                        .as("received"),
                col("ver"),
                coalesce(col("actor.id"), lit("")).as("uid"),
                col("tags"),
                col("object"),
                col("context.pdata.id").as("app_id"),
                col("context.pdata.ver").as("app_ver"),
                col("context.pdata.pid").as("app_pid"),
                col("context.env").as("env"),
                col("context.sid").as("sid"),
                col("context.cdata").as("cdata"),
                col("context.rollup").as("rollup"),
                coalesce(col("edata.type"), lit("")).as("type"),
                coalesce(col("edata.mode"), lit("")).as("mode"),
                col("edata.pageid").as("page"),
                col("edata.item.id").as("item"),
                coalesce(col("edata.duration"), lit(0.0)).as("duration"),
                col("edata.resvalues").as("resvalues"),
                col("edata.item.mc").as("mc"),
                col("edata.item.mmc").as("mmc"),
                col("edata.score").as("score"),
                col("edata.item.maxscore").as("maxscore"),
                col("edata.pass").as("pass"),
                col("edata.item.title").as("title"),
                col("edata.item.desc").as("description"),
                partition.as("partition"));
        return (whole ? rows.coalesce(1) : rows.repartition(GROUP)).sortWithinPartitions(ORDER);
    }

    /** Returns the partition of the topic that an event came through; null where nobody knows. */
    static @Nullable Integer partition(Row row) {
        return row.isNullAt(31) ? null : row.getInt(31);
    }

    /** Returns whether two rows are of the same device, channel and application. */
    static boolean together(Row one, Row other) {
        return Arrays.stream(new int[] {0, 1, 2}).allMatch(i -> Objects.equals(one.get(i), other.get(i)));
    }

    static TelemetryEvent event(Row row) {
        boolean answers = row.getString(5).equals("ASSESS");
        return new TelemetryEvent(
                row.getString(5),
                row.getLong(3),
                row.getLong(6),
                text(row, 7),
                row.getString(8),
                text(row, 9),
                text(row, 10),
                new Context(
                        row.getString(0),
                        text(row, 1),
                        new Application(text(row, 11), text(row, 12), text(row, 13)),
                        text(row, 14),
                        text(row, 15),
                        text(row, 16),
                        text(row, 17)),
                row.getString(18),
                row.getString(19),
                text(row, 20),
                answers ? answer(row) : null);
    }

    private static Answer answer(Row row) {
        return new Answer(
                text(row, 21),
                row.getDouble(22),
                text(row, 23),
                text(row, 24),
                text(row, 25),
                text(row, 26),
                text(row, 27),
                text(row, 28),
                text(row, 29),
                text(row, 30));
    }

    private static @Nullable String text(Row row, int column) {
        return row.isNullAt(column) ? null : row.getString(column);
    }
}
