package io.millrace.iceberg.internal.entity;

import io.millrace.iceberg.Writes;
import io.millrace.iceberg.WrittenBatches;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.RunMode;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.NoDeadLetters;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A process that upserts batches of a stream into an entity that is an Iceberg table, until it is killed. Batch n has the keys from 10 n to 10 n + 19,
 * so that each key comes twice; the second time the last key of ten is deleted.
 */
final class UpsertingProcess {

    private UpsertingProcess() {}

    /** Arguments: warehouse, the first batch. */
    public static void main(String[] arguments) {
        Path warehouse = Path.of(arguments[0]);
        SparkSession session =
                MillraceSession.builder(warehouse.resolveSibling("spark")).getOrCreate();
        EntityLake lake = lake(session, warehouse);
        for (int batch = Integer.parseInt(arguments[1]); ; batch++) {
            upsert(lake, batch);
            System.out.println(WrittenBatches.line(batch));
        }
    }

    static EntityLake lake(SparkSession session, Path warehouse) {
        return new EntityLake(session, warehouse, "id BIGINT NOT NULL, number INT", "");
    }

    static CommitOutcome upsert(EntityLake lake, int batch) {
        return lake.sink(
                        "writerType = continuousUpdate, keys = [id], orderingExpression = number, deleteExpression = gone",
                        "")
                .write(new Batch(
                        new BatchId(Writes.OUTPUT, "stream", batch),
                        lake.session()
                                .range(batch * 10L, batch * 10L + 20, 1, 1)
                                .selectExpr(
                                        "id",
                                        batch + " AS number",
                                        "id % 10 = 9 AND id DIV 10 = " + batch + " AS gone"),
                        RunMode.STREAM,
                        new NoDeadLetters()));
    }
}
