package io.millrace.spark;

import io.millrace.config.MillraceException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.CollectMetrics;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;
import scala.concurrent.Await;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows that are counted while something else uses them, without a pass of their own (Spark's {@code Dataset.observe}). The figures are those of
 * the first action that runs through them, so that action must use all of them: ask {@link #isEmpty} rather than {@code Dataset.isEmpty}.
 */
public final class Measured {

    private static final FiniteDuration SOON = new FiniteDuration(100, TimeUnit.MILLISECONDS);
    private static final long PATIENCE_MILLIS = 60_000;

    private final Observation observation;
    private final Dataset<Row> rows;

    private Measured(Observation observation, Dataset<Row> rows) {
        this.observation = observation;
        this.rows = rows;
    }

    /** Measures rows by aggregates, each with a name. */
    public static Measured of(Dataset<Row> rows, Column first, Column... more) {
        Observation observation = new Observation();
        return new Measured(observation, rows.observe(observation, first, more));
    }

    /** Returns whether there are no rows, without disturbing the measuring of them. Costs a job that reads as little as Spark can. */
    public static boolean isEmpty(Dataset<Row> rows) {
        return unmeasured(rows).isEmpty();
    }

    /** Returns the rows without any measuring, for a look at them besides the action that counts. */
    public static Dataset<Row> unmeasured(Dataset<Row> rows) {
        LogicalPlan plan = stripped(Plans.analyzed(rows));
        return Dataset$.MODULE$.ofRows(Plans.session(rows), plan);
    }

    /** Returns the rows, to be used by an action. */
    public Dataset<Row> rows() {
        return rows;
    }

    /** Returns whether these rows are used in the making of others. */
    public boolean isPartOf(Dataset<Row> others) {
        return contains(Plans.analyzed(others), observation.name());
    }

    /**
     * Returns a count. To be called after an action ran through the rows, or through rows made of them; 0 where Spark found out that it need not
     * look at the rows at all.
     */
    public long count(String name) {
        try {
            Row figures = figures();
            Object value = figures == null ? null : figures.get(figures.fieldIndex(name));
            return value == null ? 0 : ((Number) value).longValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw MillraceException.internal("interrupted while waiting for counts", stopped);
        } catch (TimeoutException never) {
            throw MillraceException.internal("Spark's listeners did not report in " + PATIENCE_MILLIS + " ms", never);
        }
    }

    /** The figures arrive on the listeners' thread; once that is idle, what has not arrived never will. */
    private @org.jspecify.annotations.Nullable Row figures() throws InterruptedException, TimeoutException {
        try {
            return Await.result(observation.future(), SOON);
        } catch (TimeoutException notYet) {
            rows.sparkSession().sparkContext().listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
            return observation.future().isCompleted() ? Await.result(observation.future(), SOON) : null;
        }
    }

    private static LogicalPlan stripped(LogicalPlan plan) {
        LogicalPlan bare = plan instanceof CollectMetrics metrics ? stripped(metrics.child()) : plan;
        scala.collection.immutable.Seq<LogicalPlan> children = CollectionConverters.asScala(
                        CollectionConverters.asJava(bare.children()).stream()
                                .map(Measured::stripped)
                                .toList())
                .toSeq();
        return bare.withNewChildren(children);
    }

    private static boolean contains(LogicalPlan plan, String name) {
        return (plan instanceof CollectMetrics metrics && metrics.name().equals(name))
                || CollectionConverters.asJava(plan.children()).stream().anyMatch(child -> contains(child, name));
    }
}
