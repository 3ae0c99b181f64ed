package io.millrace.internal.files;

import io.millrace.spi.BatchId;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
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
        CommittedFiles files = files(folder);
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

    static CommittedFiles files(Path folder) {
        return new CommittedFiles(FileTarget.append(folder.resolve("t").toString(), "parquet"));
    }

    /** Returns the ids that the files hold. */
    static List<Long> ids(SparkSession session, Path folder) {
        return session.read().parquet(folder.resolve("t").toString()).collectAsList().stream()
                .map(row -> row.getLong(0))
                .sorted()
                .toList();
    }

    /** Returns the last batch of which a process has said that it is written. */
    static long lastWritten(ChildJvm child) {
        return child.output().stream()
                .filter(line -> line.startsWith("wrote "))
                .mapToLong(line -> Long.parseLong(line.substring("wrote ".length(), line.length() - 1)))
                .max()
                .orElseThrow();
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
