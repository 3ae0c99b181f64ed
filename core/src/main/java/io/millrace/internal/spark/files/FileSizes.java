package io.millrace.internal.spark.files;

import io.millrace.internal.spark.ScalaCollections;
import io.millrace.internal.spark.Sessions;
import io.millrace.internal.spark.rows.QueryPlans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.RebalancePartitions;
import org.apache.spark.sql.classic.Dataset$;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How large the files of a write are to be. Rows are laid out for it by a shuffle, in a session of their own, so that nobody else's settings
 * change. What is measured is the shuffle's volume; the files are smaller by as much as their format packs rows tighter than it does.
 *
 * @param bytes the wanted size; at least 1
 */
public record FileSizes(long bytes) {

    /** Partitions that share one of these are cut together where they are too large; beyond this many Spark knows their sizes only roughly. */
    private static final int SHUFFLED = 2000;

    private static final long MEBIBYTE = 1024 * 1024;

    /**
     * Returns the rows in tasks of about the wanted size: those of a partition together, unless they are more; as few tasks as that allows.
     *
     * <p>A partition that is larger is cut between the tasks that computed it, so what one of them gave it stays in one piece.
     *
     * @param partitionBy columns of the rows, in any case; empty for none
     */
    public Dataset<Row> rebalanced(Dataset<Row> rows, List<String> partitionBy) {
        SparkSession own = Sessions.beside(rows.sparkSession());
        own.conf().set("spark.sql.adaptive.enabled", true);
        own.conf().set("spark.sql.adaptive.coalescePartitions.enabled", true);
        own.conf().set("spark.sql.adaptive.optimizeSkewsInRebalancePartitions.enabled", true);
        LogicalPlan plan = QueryPlans.analyzed(rows);
        List<Expression> columns = columns(plan, partitionBy);
        return Dataset$.MODULE$.ofRows(classic(own), columns.isEmpty() ? evenly(plan, own) : by(columns, plan, own));
    }

    private LogicalPlan evenly(LogicalPlan plan, SparkSession own) {
        // Else there would be as many tasks as processors, however few rows there are.
        own.conf().set("spark.sql.adaptive.coalescePartitions.parallelismFirst", false);
        own.conf().unset("spark.sql.adaptive.coalescePartitions.minPartitionNum");
        return new RebalancePartitions(ScalaCollections.seq(List.of()), plan, Option.empty(), Option.apply(bytes));
    }

    /** Spark takes a number of tasks to begin with, or a size, not both. */
    private LogicalPlan by(List<Expression> columns, LogicalPlan plan, SparkSession own) {
        own.conf().set("spark.sql.adaptive.advisoryPartitionSizeInBytes", bytes);
        return new RebalancePartitions(ScalaCollections.seq(columns), plan, Option.apply(SHUFFLED), Option.empty());
    }

    private static List<Expression> columns(LogicalPlan plan, List<String> partitionBy) {
        List<Expression> columns = new ArrayList<>();
        for (Attribute column : CollectionConverters.asJava(plan.output())) {
            if (partitionBy.stream().anyMatch(column.name()::equalsIgnoreCase)) {
                columns.add(column);
            }
        }
        return columns;
    }

    /** Returns the rows in a session whose writes into Delta tables have the wanted size; to be written with {@link #deltaOptions}. */
    public Dataset<Row> forDelta(Dataset<Row> rows) {
        SparkSession own = Sessions.beside(rows.sparkSession());
        // Delta counts in whole mebibytes.
        long mebibytes = Math.max(1, bytes / MEBIBYTE);
        own.conf().set("spark.databricks.delta.optimizeWrite.binSize", mebibytes + "m");
        return Dataset$.MODULE$.ofRows(classic(own), QueryPlans.analyzed(rows));
    }

    /** Returns the options of Delta's writer that make it lay out rows by their volume: its own optimized write. */
    public static Map<String, String> deltaOptions() {
        return Map.of("optimizeWrite", "true");
    }

    private static org.apache.spark.sql.classic.SparkSession classic(SparkSession session) {
        return (org.apache.spark.sql.classic.SparkSession) session;
    }
}
