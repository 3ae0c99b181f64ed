package io.millrace.iceberg.internal.spark;

import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkWriteConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.distributions.OrderedDistribution;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** How a table wants its rows to be sent to the tasks that write them. */
public final class Ranges {

    private Ranges() {}

    /**
     * Returns whether rows are sent by ranges of values: to find these, Spark makes the rows once more.
     *
     * @param options of Iceberg's writer
     */
    public static boolean areSampled(SparkSession session, Table table, Map<String, String> options) {
        return new SparkWriteConf(session, table, new CaseInsensitiveStringMap(options))
                        .writeRequirements()
                        .distribution()
                instanceof OrderedDistribution;
    }
}
