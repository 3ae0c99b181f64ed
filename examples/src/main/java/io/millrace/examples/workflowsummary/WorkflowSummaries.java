package io.millrace.examples.workflowsummary;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.millrace.spi.Strategy;
import io.millrace.spi.StrategyContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Sums up events of telemetry: of each device, channel and application, what somebody did there, as {@link Workflow} tells. Takes a view of events, with
 * the columns that the example declares, and makes one of summaries: {@code did}, {@code mid}, the {@code summary} in JSON, and the {@code
 * kafka_partition} of the events, where their view has this column. A run for one partition has all events of each of its devices, and does not shuffle
 * them.
 *
 * <p>The events of a device are sorted by Spark and taken one after the other, so that no more of them are in memory than a tree of summaries needs.
 * Events that say nothing of use (LOG, AUDIT, SEARCH) are left out; those without what their kind has to have are dead letters.
 */
public final class WorkflowSummaries implements Strategy<WorkflowSummaries.Configuration> {

    private static final String PARTITION = "kafka_partition";
    private static final Column LEFT_OUT = col("eid").isin("LOG", "AUDIT", "SEARCH");
    private static final Column TIME = expr("try_cast(try_cast(ets AS DECIMAL(38, 10)) AS BIGINT)");
    private static final Column WITHOUT_TYPE =
            col("eid").equalTo("INTERACT").and(col("edata.type").isNull());
    private static final Column WITHOUT_ITEM =
            col("eid").equalTo("ASSESS").and(col("edata.item").isNull());

    /**
     * How it sums up.
     *
     * @param events the view to take
     * @param measuring legacy or corrected
     * @param application that events without one count for
     * @param madeAt what the summaries are to say they were made at, such as 2024-01-03T00:00:00Z; now, if nothing is said
     */
    public record Configuration(
            Optional<String> events,
            Optional<Measuring> measuring,
            Optional<String> application,
            Optional<String> madeAt) {}

    @Override
    public Class<Configuration> configurationType() {
        return Configuration.class;
    }

    @Override
    public Dataset<Row> transform(StrategyContext context, Configuration configuration) {
        Dataset<Row> all = context.view(configuration.events().orElse("events"));
        Dataset<Row> events = all.filter(col("eid").isNotNull().and(not(LEFT_OUT)));
        deadLetters(context, all, events);
        Dataset<Row> usable = events.filter(TIME.isNotNull()
                .and(col("edata").isNotNull())
                .and(not(WITHOUT_TYPE))
                .and(not(WITHOUT_ITEM)));
        Measuring measuring = configuration.measuring().orElse(Measuring.LEGACY);
        long madeAt = configuration
                .madeAt()
                .map(Instant::parse)
                .orElseGet(Instant::now)
                .toEpochMilli();
        return EventRows.sorted(
                        usable,
                        TIME,
                        coalesce(
                                col("context.pdata.id"),
                                lit(configuration.application().orElse(""))),
                        partition(all),
                        context.slice().partitions().size() == 1)
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) rows -> new SummariesOfDevices(rows, measuring, madeAt),
                        Encoders.row(SummariesOfDevices.COLUMNS));
    }

    private static Column partition(Dataset<Row> events) {
        boolean known = List.of(events.columns()).contains(PARTITION);
        return known ? col(PARTITION) : lit(null).cast("int");
    }

    private static void deadLetters(StrategyContext context, Dataset<Row> all, Dataset<Row> events) {
        context.deadLetter(all.filter(col("eid").isNull()), "NO_EID", "an event says what it is by its eid");
        context.deadLetter(
                events.filter(TIME.isNull()), "NO_TIME", "an event says when it happened by its ets, in milliseconds");
        Dataset<Row> timed = events.filter(TIME.isNotNull());
        context.deadLetter(timed.filter(col("edata").isNull()), "NO_EDATA", "an event without edata says nothing");
        Dataset<Row> told = timed.filter(col("edata").isNotNull());
        context.deadLetter(told.filter(WITHOUT_TYPE), "NO_TYPE", "an INTERACT says by edata.type what was done");
        context.deadLetter(told.filter(WITHOUT_ITEM), "NO_ITEM", "an ASSESS says by edata.item which question it was");
    }
}
