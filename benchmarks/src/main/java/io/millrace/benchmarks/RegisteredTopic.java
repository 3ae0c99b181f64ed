package io.millrace.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.broker.RegistryServer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.avro.functions;

/**
 * What the jobs of {@link IngestionBenchmark} and {@link MemoryBenchmark} read: orders in Confluent's format, written with three versions of their schema in turn, some of
 * them cut off.
 *
 * @param batch how many records a micro-batch takes at most
 * @param lake where tables and checkpoints lie
 */
record RegisteredTopic(SparkSession session, String servers, String registry, String topic, int batch, Path lake) {

    /** The first version, which those who do not ask the registry know. */
    static final String SCHEMA = schema("");

    private static final String CURRENCY = ", { \"name\": \"currency\", \"type\": \"string\", \"default\": \"EUR\" }";
    private static final String CHANNEL =
            ", { \"name\": \"channel\", \"type\": [\"null\", \"string\"], \"default\": null }";

    private static String schema(String more) {
        return """
               { "type": "record", "name": "Order", "namespace": "shop", "fields": [
                 { "name": "order_id", "type": "long" }, { "name": "customer", "type": "string" },
                 { "name": "description", "type": ["null", "string"], "default": null }, { "name": "price", "type": "double" },
                 { "name": "products", "type": { "type": "array", "items": { "type": "record", "name": "Product", "fields": [
                   { "name": "name", "type": "string" }, { "name": "price", "type": "double" } ] } } }%s ] }"""
                .formatted(more);
    }

    /** Registers the versions and sends so many orders, one in {@code bad} of them cut off. */
    void send(RegistryServer server, long rows, int bad) {
        messages(server, rows, bad)
                .write()
                .format("kafka")
                .option("kafka.bootstrap.servers", servers)
                .option("topic", topic)
                .save();
    }

    /** Registers the versions and returns so many orders as they are sent, with key and value. */
    Dataset<Row> messages(RegistryServer server, long rows, int bad) {
        String subject = topic + "-value";
        Column first = value(server.register(subject, SCHEMA), SCHEMA, "");
        String second = schema(CURRENCY);
        Column currency = value(server.register(subject, second), second, ", 'currency', 'PLN'");
        String third = schema(CURRENCY + CHANNEL);
        Column channel = value(server.register(subject, third), third, ", 'currency', 'PLN', 'channel', 'web'");
        Column value = when(expr("id % 3 = 0"), first)
                .when(expr("id % 3 = 1"), currency)
                .otherwise(channel);
        return session.range(rows)
                .select(expr("CAST(concat('product', id % 100) AS BINARY) AS key"), value.as("value"), col("id"))
                .withColumn(
                        "value",
                        expr("IF(id % " + bad + " = " + (bad - 1) + ", substring(value, 1, length(value) - 4), value)"))
                .drop("id");
    }

    private static Column value(int id, String schema, String more) {
        Column record = expr(
                "named_struct('order_id', id, 'customer', 'John Doe', 'description', concat('order of day ', id % 365), 'price', id % 1000 / 10D,"
                        + " 'products', array(named_struct('name', 'shoes', 'price', 49.99D), named_struct('name', 't-shirt', 'price', 49.99D))"
                        + more + ")");
        byte[] header = ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
        return concat(lit(header), functions.to_avro(record, schema));
    }

    /** Returns where somebody's table of a round lies. */
    String table(String who, int round) {
        return lake.resolve(who + "-" + round).toString();
    }

    String checkpoint(String who, int round) {
        return lake.resolve(who + "-state-" + round).toString();
    }

    /** Returns how many orders somebody has in the table of a round. */
    long orders(String who, int round) {
        return session.read()
                .parquet(table(who, round))
                .filter("order_id IS NOT NULL")
                .count();
    }
}
