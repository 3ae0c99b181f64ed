package io.millrace.benchmarks;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What both do in {@link KafkaBenchmark}.
 *
 * @param batch how many records a micro-batch takes at most
 * @param lake where tables and checkpoints lie
 */
record TopicJob(SparkSession session, String servers, String topic, int batch, Path lake) {

    static final String PARQUET = "parquet";
    static final String DELTA = "delta";
    static final String SCHEMA = "date TIMESTAMP_NTZ, delay BIGINT, distance BIGINT, origin STRING, destination STRING";
    static final String MONTH = "date_format(date, 'yyyy-MM')";

    /** Returns where somebody's table of a round lies. */
    String table(String who, String format, int round) {
        return lake.resolve(who + "-" + format + "-" + round).toString();
    }

    String checkpoint(String who, String format, int round) {
        return lake.resolve(who + "-" + format + "-state-" + round).toString();
    }

    /** Returns how many routes the topic has. */
    long routes() {
        return session.read()
                .format("kafka")
                .option("kafka.bootstrap.servers", servers)
                .option("subscribe", topic)
                .load()
                .select("key")
                .distinct()
                .count();
    }

    /**
     * Compares the tables of the first round.
     *
     * @throws IllegalStateException where they differ, or have another number of rows
     */
    void requireSame(String format, long rows) {
        var byHand =
                session.read().format(format).load(table("hand", format, 0)).selectExpr("hash(*)");
        var millrace =
                session.read().format(format).load(table("millrace", format, 0)).selectExpr("hash(*)");
        if (byHand.count() != rows
                || millrace.count() != rows
                || !byHand.exceptAll(millrace).isEmpty()) {
            throw new IllegalStateException("the tables in " + lake + " differ, or have not " + rows + " rows");
        }
    }
}
