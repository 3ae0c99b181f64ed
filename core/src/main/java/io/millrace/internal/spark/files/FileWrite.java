package io.millrace.internal.spark.files;

import static java.util.Objects.requireNonNull;

import io.millrace.internal.spark.ScalaCollections;
import io.millrace.internal.spark.rows.CommandFigures;
import io.millrace.internal.spark.rows.QueryPlans;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import scala.Option;

/** Writes of files as {@code DataFrameWriter.save} does them, which does not tell how many rows it wrote. */
public final class FileWrite {

    private FileWrite() {}

    /**
     * Writes rows into a folder, in the place of what is there.
     *
     * @return how many; Spark counts those of tasks that succeeded
     */
    public static long overwrite(
            String folder, Dataset<Row> rows, String format, List<String> partitionBy, Map<String, String> options) {
        SparkSession session = QueryPlans.session(rows);
        Map<String, String> all = new HashMap<>(options);
        all.put("path", folder);
        LogicalPlan command = new DataSource(
                        session,
                        format,
                        ScalaCollections.seq(List.of()),
                        Option.empty(),
                        ScalaCollections.seq(partitionBy),
                        Option.empty(),
                        ScalaCollections.map(all),
                        Option.empty())
                .planForWriting(SaveMode.Overwrite, QueryPlans.analyzed(rows));
        Map<String, Long> figures = CommandFigures.of(Dataset$.MODULE$.ofRows(session, command));
        return requireNonNull(figures.get("numOutputRows"), "Spark did not count the rows it wrote");
    }
}
