package io.millrace.parallelwrite;

import io.millrace.spi.DeadLetters;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The dead letters of an ETL that has no place for them. */
record NoDeadLetters() implements DeadLetters {

    @Override
    public boolean available() {
        return false;
    }

    @Override
    public long write(Dataset<Row> rows) {
        throw new IllegalStateException("there is no place for dead letters");
    }
}
