package io.millrace.kafka;

import io.millrace.model.ModelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A model of product {@code kafka}: topics that are read, or one that is written. {@code millrace describe kafka} says more of each setting.
 *
 * <pre>{@code
 * Kafka.topic("dev.orders").bootstrapServers("localhost:9092").decode(Decode.json("order_id BIGINT, price DECIMAL(10,2)"))
 * }</pre>
 */
public final class Kafka extends ModelBuilder<Kafka> {

    private Kafka(String setting, Object topics) {
        super("kafka");
        set(setting, topics);
    }

    /** A topic, read or written. */
    public static Topics topic(String name) {
        return new Topics(new Kafka("topic", name));
    }

    /** Several topics, read. */
    public static Topics topics(String... names) {
        return new Topics(new Kafka("topics", List.of(names)));
    }

    /** All topics whose whole name matches a regular expression, read; those that are made later, too. */
    public static Topics topicPattern(String regularExpression) {
        return new Topics(new Kafka("topic-pattern", regularExpression));
    }

    /** Some partitions of topics, read: topic to the numbers of its partitions. */
    public static Topics assign(Map<String, List<Integer>> partitions) {
        return new Topics(new Kafka("assign", partitions));
    }

    /** Topics, of which is yet to be said where they are. */
    public static final class Topics {

        private final Kafka kafka;

        private Topics(Kafka kafka) {
            this.kafka = kafka;
        }

        /** Names the brokers that are asked first, each as {@code host:port}; at least one. */
        public Kafka bootstrapServers(String first, String... others) {
            return kafka.set("bootstrap-servers", others.length == 0 ? first : first + "," + String.join(",", others));
        }
    }

    /** Starts a batch run, and a stream that has no checkpoint yet, at the earliest offsets; so it is where nothing is said. */
    public Kafka startingAtEarliest() {
        return set("starting-offsets", "earliest");
    }

    /** Starts a batch run, and a stream that has no checkpoint yet, at what comes from now on. */
    public Kafka startingAtLatest() {
        return set("starting-offsets", "latest");
    }

    /**
     * Starts a batch run, and a stream that has no checkpoint yet, at these offsets.
     *
     * @param offsets topic to partition to the first offset that is read; a partition that is not listed starts at its earliest offset
     */
    public Kafka startingAt(Map<String, Map<Integer, Long>> offsets) {
        return set("starting-offsets", offsets);
    }

    /** Ends a batch run at the offsets that are the latest when it begins; so it is where nothing is said. */
    public Kafka endingAtLatest() {
        return set("ending-offsets", "latest");
    }

    /**
     * Ends a batch run before these offsets.
     *
     * @param offsets topic to partition to the first offset that is not read any more
     */
    public Kafka endingBefore(Map<String, Map<Integer, Long>> offsets) {
        return set("ending-offsets", offsets);
    }

    /** Lets a stream wait until there are so many new records, of all partitions together, but no longer than a time such as {@code 15 minutes}. */
    public Kafka minOffsetsPerTrigger(long records, String longest) {
        return set("min-offsets-per-trigger", records).set("max-trigger-delay", longest);
    }

    /** Says how many records one micro-batch of a stream takes at most, of all partitions together. */
    public Kafka maxOffsetsPerTrigger(long records) {
        return set("max-offsets-per-trigger", records);
    }

    /** Goes on where offsets that a stream has not read yet are gone; without it, the stream fails. */
    public Kafka acceptDataLoss() {
        return set("fail-on-data-loss", false);
    }

    /** Reads a record once that Millrace has sent twice. */
    public Kafka dropRepeats() {
        return set("drop-repeats", true);
    }

    /** Says what a record is; without it the rows have its key and its value, as bytes. */
    public Kafka decode(Decode decode) {
        return set("decode", decode.settings());
    }

    /** Says what the key is of a record that is written: an expression in SQL over the row. */
    public Kafka key(String expression) {
        return set("key", expression);
    }

    /** Adds a header to each record that is written: an expression in SQL over the row. */
    public Kafka header(String name, String expression) {
        return set("headers", name, expression);
    }

    /** Says how rows are written as records; without it, as JSON. */
    public Kafka encode(Encode encode) {
        return set("encode", encode.settings());
    }

    /** Passes a setting to Kafka's clients, by their own name for it, such as {@code security.protocol}. Shown nowhere. */
    public Kafka client(String setting, Object value) {
        return set("kafka", setting, value);
    }

    /** Says how long the first answer of the brokers may take when a run starts. */
    public Kafka timeout(Duration most) {
        return set("timeout", most);
    }
}
