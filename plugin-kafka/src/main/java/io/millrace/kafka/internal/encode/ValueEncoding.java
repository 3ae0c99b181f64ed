package io.millrace.kafka.internal.encode;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How rows become the values of records. Used on the driver. */
interface ValueEncoding {

    /** Returns the values of rows. */
    Column value(Dataset<Row> rows);

    /** Returns the same for the batches of one run, which may remember what it has found out. */
    ValueEncoding ofRun();
}
