package io.millrace.testkit;

import io.millrace.spi.DeadLetters;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Takes no dead letters: a sink that has some fails the test. */
public final class NoDeadLetters implements DeadLetters {

    /** Needs nothing. */
    public NoDeadLetters() {}

    @Override
    public boolean available() {
        return false;
    }

    @Override
    public long write(Dataset<Row> rows) {
        throw new AssertionError("there is no place for dead letters");
    }
}
