package io.millrace.files;

import io.millrace.spi.BatchId;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A process that writes files: batch after batch until it is killed, or one batch whose tasks need several attempts. */
final class CommittedFilesProcess {

    static final int ROWS = 10;

    private CommittedFilesProcess() {}

    /** Arguments: folder, {@code batches} and the first number, or {@code retries}. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        SparkSession session = MillraceSession.builder(folder.resolve("warehouse"))
                .master("local[2, 4]")
                .getOrCreate();
        CommittedFiles files =
                new CommittedFiles(FileTarget.append(folder.resolve("t").toString(), "parquet"));
        if (arguments[1].equals("retries")) {
            System.out.println("outcome "
                    + files.write(batch(0), stubborn(session), RunMode.BATCH).outcome());
        } else {
            for (long number = Long.parseLong(arguments[2]); ; number++) {
                files.write(batch(number), rows(session, number), RunMode.STREAM);
                System.out.println("wrote " + number + ";");
            }
        }
    }

    static BatchId batch(long number) {
        return new BatchId(new OutputId("shop", "orders", "lake"), "run-4", number);
    }

    static Dataset<Row> rows(SparkSession session, long number) {
        return session.range(number * ROWS, (number + 1) * ROWS, 1, 4).toDF();
    }

    /** Each task fails twice, near its end. */
    private static Dataset<Row> stubborn(SparkSession session) {
        return session.range(0, 1000, 1, 2)
                .filter((FilterFunction<Long>) id -> {
                    if (id % 500 == 450 && TaskContext.get().attemptNumber() < 2) {
                        throw new IllegalStateException("not yet");
                    }
                    return true;
                })
                .toDF();
    }
}
