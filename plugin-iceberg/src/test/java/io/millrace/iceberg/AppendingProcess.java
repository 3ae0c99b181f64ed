package io.millrace.iceberg;

import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.RunMode;
import io.millrace.testkit.ConcurrentWork;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.TestModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/** A process that appends rides to a table of a warehouse: several batches at once, or one after the other until it is killed. */
final class AppendingProcess {

    static final long ROWS = 20;
    static final String TABLE = "lake.raw.rides";
    static final String ACKNOWLEDGED = "acknowledged ";

    private AppendingProcess() {}

    /** Arguments: warehouse, the process's number, and {@code at-once} with how many, or {@code endlessly} with the first. */
    public static void main(String[] arguments) throws Exception {
        Path warehouse = Path.of(arguments[0]);
        int process = Integer.parseInt(arguments[1]);
        int number = Integer.parseInt(arguments[3]);
        SparkSession session =
                MillraceSession.builder(warehouse.resolve("spark")).getOrCreate();
        System.out.println("ready;");
        if (arguments[2].equals("at-once")) {
            atOnce(session, warehouse, process, number);
        } else {
            for (int batch = number; ; batch++) {
                append(session, warehouse, process, batch);
                System.out.println(WrittenBatches.line(batch));
            }
        }
    }

    private static void atOnce(SparkSession session, Path warehouse, int process, int batches) throws Exception {
        List<Callable<CommitOutcome>> work = IntStream.range(0, batches)
                .<Callable<CommitOutcome>>mapToObj(batch -> () -> append(session, warehouse, process, batch))
                .toList();
        for (CommitOutcome outcome : ConcurrentWork.all(work)) {
            System.out.println(outcome instanceof Committed committed ? ACKNOWLEDGED + committed.commit() : outcome);
        }
    }

    /** Appends a batch; answers with what came of it. */
    static CommitOutcome append(SparkSession session, Path warehouse, int process, int batch) {
        return Writes.run(
                TestModel.of("table = " + TABLE + ", partition-by = [\"month(date_col) AS month\"]")
                        .configuredBy("plugin.iceberg.catalogs.lake { warehouse = \"" + warehouse + "\" }")
                        .sink(new IcebergPlugin(), RunMode.BATCH),
                process + "-" + batch,
                Rides.numbered(session, process, batch * ROWS, (batch + 1) * ROWS));
    }
}
