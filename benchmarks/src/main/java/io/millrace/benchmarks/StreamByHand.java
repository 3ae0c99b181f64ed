package io.millrace.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;

import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;

/**
 * The jobs as a careful person writes them: records are decoded within the batch, those that are no JSON of the schema are left out, of each route
 * the latest flight is found before it meets the table. A batch that is run again changes nothing in the Delta table; for plain Parquet Spark
 * offers nothing of that kind within {@code foreachBatch}.
 */
record StreamByHand(TopicJob job) {

    private static final String CORRUPT = "_corrupt";
    private static final StructType SCHEMA = StructType.fromDDL(TopicJob.SCHEMA + ", " + CORRUPT + " STRING");

    void keep(int round) {
        run(TopicJob.PARQUET, round, (batch, number) -> decoded(batch)
                .withColumn("month", expr(TopicJob.MONTH))
                .write()
                .mode(SaveMode.Append)
                .partitionBy("month")
                .option("path", job.table("hand", TopicJob.PARQUET, round))
                .saveAsTable("hand_flights_" + round));
    }

    void upsert(int round) {
        String table = "delta.`" + job.table("hand", TopicJob.DELTA, round) + "`";
        job.session().sql("CREATE TABLE " + table + " (" + TopicJob.SCHEMA + ") USING delta");
        run(TopicJob.DELTA, round, (batch, number) -> {
            decoded(batch)
                    .groupBy("origin", "destination")
                    .agg(expr("max(struct(date, delay, distance)) AS latest"))
                    .selectExpr("latest.*", "origin", "destination")
                    .createOrReplaceTempView("incoming");
            batch.sparkSession()
                    .sql(
                            """
                            MERGE INTO %s AS t USING incoming AS s
                            ON t.origin = s.origin AND t.destination = s.destination
                            WHEN MATCHED AND struct(s.date, s.delay, s.distance) > struct(t.date, t.delay, t.distance) THEN UPDATE SET *
                            WHEN NOT MATCHED THEN INSERT *
                            """
                                    .formatted(table));
        });
    }

    private static Dataset<Row> decoded(Dataset<Row> batch) {
        return batch.select(from_json(
                                col("value").cast("string"),
                                SCHEMA,
                                Map.of("mode", "PERMISSIVE", "columnNameOfCorruptRecord", CORRUPT))
                        .as("flight"))
                .select("flight.*")
                .filter(col(CORRUPT).isNull())
                .drop(CORRUPT);
    }

    private void run(String format, int round, VoidFunction2<Dataset<Row>, Long> write) {
        try {
            job.session()
                    .readStream()
                    .format("kafka")
                    .option("kafka.bootstrap.servers", job.servers())
                    .option("subscribe", job.topic())
                    .option("startingOffsets", "earliest")
                    .option("maxOffsetsPerTrigger", job.batch())
                    .load()
                    .writeStream()
                    .option("checkpointLocation", job.checkpoint("hand", format, round))
                    .trigger(Trigger.AvailableNow())
                    .foreachBatch(write)
                    .start()
                    .awaitTermination();
        } catch (StreamingQueryException | TimeoutException failed) {
            throw new IllegalStateException("the job by hand failed", failed);
        }
    }
}
