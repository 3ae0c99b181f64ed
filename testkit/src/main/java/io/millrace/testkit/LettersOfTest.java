package io.millrace.testkit;

import io.millrace.spi.DeadLetters;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A place for dead letters at which something happens when some come. */
final class LettersOfTest implements DeadLetters {

    private final Runnable arrival;
    private long taken;

    LettersOfTest(Runnable arrival) {
        this.arrival = arrival;
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public long write(Dataset<Row> rows) {
        taken += rows.count();
        arrival.run();
        return taken;
    }

    long taken() {
        return taken;
    }
}
