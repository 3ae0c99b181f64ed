package io.millrace.iceberg;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rides of two vendors, in the same six months. */
final class Rides {

    static final long ONE = 437;
    static final long TWO = 763;

    private Rides() {}

    static Dataset<Row> of(SparkSession session, int vendor) {
        return numbered(session, vendor, 0, vendor == 1 ? ONE : TWO);
    }

    /** Returns rides of a vendor by their numbers; each month has some of each 182 in a row. */
    static Dataset<Row> numbered(SparkSession session, int vendor, long from, long to) {
        return session.range(from, to, 1, 2)
                .selectExpr(
                        "concat('" + vendor + "-', id) AS id",
                        vendor + " AS vendor_id",
                        "date_add(DATE'2016-01-01', CAST(id % 182 AS INT)) AS date_col");
    }
}
