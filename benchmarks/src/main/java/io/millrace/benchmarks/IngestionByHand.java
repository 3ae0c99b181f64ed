package io.millrace.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.avro.SchemaConverters;
import org.apache.spark.sql.avro.functions;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The job as it is found in many places: five bytes are cut off without a look, and all records are read with one schema. With {@code from_avro} a
 * malformed record becomes a row of nulls; so does it with a function of one's own, which makes an object of each record, and a row of that.
 */
record IngestionByHand(RegisteredTopic topic) {

    static final String BARE = "bare";
    static final String TUNED = "tuned";
    static final String FUNCTION = "function";

    void bare(int round) {
        run(BARE, round, fixed(), Map.of());
    }

    /** With polls as large as Millrace's. */
    void tuned(int round) {
        run(TUNED, round, fixed(), Map.of("kafka.max.poll.records", "20000"));
    }

    private static Column fixed() {
        return functions.from_avro(expr("substring(value, 6)"), RegisteredTopic.SCHEMA, Map.of("mode", "PERMISSIVE"));
    }

    void function(int round) {
        Schema schema = new Schema.Parser().parse(RegisteredTopic.SCHEMA);
        StructType type = (StructType) SchemaConverters.toSqlType(schema).dataType();
        run(FUNCTION, round, udf(new Decoding(RegisteredTopic.SCHEMA), type).apply(col("value")), Map.of());
    }

    /** A record at a time, by way of Avro's objects. */
    private static final class Decoding implements UDF1<byte[], @Nullable Row> {

        private static final long serialVersionUID = 1L;

        private final String schema;
        private transient @Nullable GenericDatumReader<GenericRecord> reader;

        Decoding(String schema) {
            this.schema = schema;
        }

        @Override
        public @Nullable Row call(byte[] value) {
            GenericDatumReader<GenericRecord> current = reader;
            if (current == null) {
                current = new GenericDatumReader<>(new Schema.Parser().parse(schema));
                reader = current;
            }
            try {
                return row(current.read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null)));
            } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException malformed) {
                return null;
            }
        }

        private static Row row(GenericRecord order) {
            List<Row> products = new ArrayList<>();
            for (Object product : (List<?>) order.get("products")) {
                GenericRecord each = (GenericRecord) product;
                products.add(RowFactory.create(each.get("name").toString(), each.get("price")));
            }
            @Nullable Object description = order.get("description");
            return RowFactory.create(
                    order.get("order_id"),
                    order.get("customer").toString(),
                    description == null ? null : description.toString(),
                    order.get("price"),
                    products);
        }
    }

    private void run(String who, int round, Column order, Map<String, String> options) {
        try {
            topic.session()
                    .readStream()
                    .format("kafka")
                    .option("kafka.bootstrap.servers", topic.servers())
                    .option("subscribe", topic.topic())
                    .option("startingOffsets", "earliest")
                    .option("maxOffsetsPerTrigger", topic.batch())
                    .options(options)
                    .load()
                    .select(
                            col("key").cast("string"),
                            col("partition"),
                            col("offset"),
                            col("topic"),
                            col("timestamp"),
                            order.as("order"))
                    .select("key", "partition", "offset", "topic", "timestamp", "order.*")
                    .writeStream()
                    .format("parquet")
                    .option("path", topic.table(who, round))
                    .option("checkpointLocation", topic.checkpoint(who, round))
                    .trigger(Trigger.AvailableNow())
                    .start()
                    .awaitTermination();
        } catch (StreamingQueryException | TimeoutException failed) {
            throw new IllegalStateException("the job by hand failed", failed);
        }
    }
}
