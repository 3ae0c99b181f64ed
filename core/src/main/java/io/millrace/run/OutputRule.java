package io.millrace.run;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What keeps rows from one output that go to the others, and makes dead letters of them. */
interface OutputRule {

    /** Says which rows are kept from the output; true or false, never null. */
    Column broken();

    /** Returns why, as a {@link io.millrace.spi.Rejection}, for rows for which {@link #broken} holds. */
    Column rejection();

    /** Returns the other rows so that the output takes them; fails the job because of a row where that is what the rule is for. */
    Dataset<Row> fitted(Dataset<Row> rows);
}
