package io.millrace.kafka;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.try_element_at;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.config.MillraceException;
import io.millrace.kafka.internal.broker.Brokers;
import io.millrace.kafka.internal.broker.Offsets;
import io.millrace.kafka.internal.broker.Topics;
import io.millrace.kafka.internal.encode.Encoding;
import io.millrace.model.SchemaContract.Policy;
import io.millrace.spi.DeclaresColumns;
import io.millrace.spi.Lookup;
import io.millrace.spi.PartitionedSource;
import io.millrace.spi.ReadContext;
import io.millrace.spi.ReplayableSource;
import io.millrace.spi.Slice;
import io.millrace.spi.StreamingSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Reads topics by Spark's Kafka source. A slice of partitions reads those alone. */
record KafkaSource(KafkaModel model) implements StreamingSource, ReplayableSource, PartitionedSource, DeclaresColumns {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long EARLIEST = -2;
    private static final long LATEST = -1;
    private static final String REPEAT = "_repeat";

    /**
     * Spark asks the broker for the first and the last offset after each poll, and polls for 500 records by default. What a poll returns is limited by
     * what was fetched, {@code max.partition.fetch.bytes}.
     */
    private static final String MOST_RECORDS = "20000";

    @Override
    public String description() {
        return model.decoder().description() + " records of " + model.topics().words() + " at " + model.connection();
    }

    @Override
    public boolean streamsByDefault() {
        return true;
    }

    @Override
    public Set<Slice.Part> sliceParts() {
        return Set.of(Slice.Part.PARTITIONS);
    }

    @Override
    public List<Integer> partitions(SparkSession session, Slice slice) {
        return new Brokers(model.connection())
                .partitions(model.topics()).stream()
                        .map(TopicPartition::partition)
                        .distinct()
                        .sorted()
                        .toList();
    }

    /** A topic that was deleted and made anew has the same name and another id. */
    @Override
    public Map<String, String> streamedFrom(SparkSession session) {
        Map<String, String> topics = new TreeMap<>();
        new Brokers(model.connection())
                .ids(model.topics())
                .forEach((topic, id) -> topics.put("topic " + topic, "the one of id " + id));
        return topics;
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        if (model.starting().isLatest()) {
            throw MillraceException.user(model.topics().words()
                    + ": a batch run cannot start at the latest offsets, nothing would be read; write starting-offsets ="
                    + " earliest, or offsets");
        }
        List<TopicPartition> partitions = partitions(context.slice());
        Map<String, String> options = common();
        options.put("assign", json(Brokers.byTopic(partitions)));
        options.put("startingOffsets", json(offsets(model.starting(), partitions, EARLIEST)));
        options.put("endingOffsets", json(offsets(model.ending(), partitions, LATEST)));
        Dataset<Row> records =
                context.session().read().format("kafka").options(options).load();
        return model.dropRepeats()
                ? records.withColumn(REPEAT, identity())
                        .dropDuplicates(new String[] {REPEAT})
                        .drop(REPEAT)
                : records;
    }

    @Override
    public Dataset<Row> readStream(ReadContext context) {
        List<TopicPartition> partitions = partitions(context.slice());
        Map<String, String> options = common();
        Topics topics = model.topics();
        if (!context.slice().partitions().isEmpty() || !topics.partitions().isEmpty()) {
            options.put("assign", json(Brokers.byTopic(partitions)));
        } else if (topics.pattern() != null) {
            options.put("subscribePattern", topics.pattern());
        } else {
            options.put("subscribe", String.join(",", topics.names()));
        }
        String start = model.starting().word();
        options.put("startingOffsets", start != null ? start : json(offsets(model.starting(), partitions, EARLIEST)));
        Long limit = model.maxOffsetsPerTrigger();
        if (limit != null) {
            options.put("maxOffsetsPerTrigger", limit.toString());
        }
        Long least = model.minOffsetsPerTrigger();
        if (least != null) {
            options.put("minOffsetsPerTrigger", least.toString());
            options.put("maxTriggerDelay", model.maxTriggerDelay().toMillis() + "ms");
        }
        Dataset<Row> records =
                context.session().readStream().format("kafka").options(options).load();
        return model.dropRepeats()
                ? records.withColumn(REPEAT, identity())
                        .withWatermark("timestamp", "10 minutes")
                        .dropDuplicatesWithinWatermark(new String[] {REPEAT})
                        .drop(REPEAT)
                : records;
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> raw) {
        return model.decoder().decode(raw);
    }

    @Override
    public boolean mayReject() {
        return model.decoder().mayReject();
    }

    @Override
    public Optional<StructType> declaredColumns() {
        return model.decoder().columns();
    }

    @Override
    public Optional<Lookup> lookup(Policy newFields) {
        return model.decoder().lookup(newFields);
    }

    @Override
    public String ownLetters(SparkSession session) {
        return "topic IS NOT NULL";
    }

    @Override
    public Dataset<Row> restored(Dataset<Row> letters) {
        return letters.select("topic", "partition", "offset", "timestamp", "key", "value", "headers");
    }

    /** Returns the options of Spark that batches and streams have in common. */
    Map<String, String> common() {
        Map<String, String> options = new LinkedHashMap<>(model.connection().sparkOptions());
        options.putIfAbsent("kafka.max.poll.records", MOST_RECORDS);
        options.put("includeHeaders", "true");
        options.put("failOnDataLoss", Boolean.toString(model.failOnDataLoss()));
        return options;
    }

    /** Returns what is to be read, after asking the brokers whether it is there. */
    private List<TopicPartition> partitions(Slice slice) {
        List<TopicPartition> all = new Brokers(model.connection()).partitions(model.topics());
        if (slice.partitions().isEmpty()) {
            return all;
        }
        List<TopicPartition> chosen = new ArrayList<>();
        Brokers.byTopic(all).forEach((topic, there) -> {
            List<Integer> missing = slice.partitions().stream()
                    .filter(number -> !there.contains(number))
                    .toList();
            if (!missing.isEmpty()) {
                throw Brokers.noPartition(topic, missing, there.size());
            }
            slice.partitions().forEach(number -> chosen.add(new TopicPartition(topic, number)));
        });
        return chosen;
    }

    private static Map<String, Map<String, Long>> offsets(
            Offsets offsets, List<TopicPartition> partitions, long standard) {
        Map<String, Map<String, Long>> byTopic = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            byTopic.computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                    .put(Integer.toString(partition.partition()), offsets.of(partition, standard));
        }
        return byTopic;
    }

    /** The id a record was sent with; for one of somebody else its place, which no other record has. */
    private static Column identity() {
        Column ids = filter(col("headers"), header -> header.getField("key").equalTo(Encoding.ID));
        Column sent = try_element_at(ids, functions.lit(1)).getField("value").cast("string");
        return coalesce(sent, concat_ws("/", col("topic"), col("partition"), col("offset")));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("numbers and names can be written", impossible);
        }
    }
}
