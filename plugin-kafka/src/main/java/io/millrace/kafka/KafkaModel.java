package io.millrace.kafka;

import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.kafka.internal.broker.Connection;
import io.millrace.kafka.internal.broker.Offsets;
import io.millrace.kafka.internal.broker.Topics;
import io.millrace.kafka.internal.decode.Decoders;
import io.millrace.kafka.internal.decode.RecordDecoder;
import io.millrace.kafka.internal.encode.Encoding;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.PlanContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The value of a model of product {@code kafka}. The same model may be written by one ETL and read by another, so both decode all of it.
 *
 * @param maxOffsetsPerTrigger null for no limit
 * @param minOffsetsPerTrigger null to take what there is
 */
record KafkaModel(
        Connection connection,
        Topics topics,
        Offsets starting,
        Offsets ending,
        @Nullable Long maxOffsetsPerTrigger,
        @Nullable Long minOffsetsPerTrigger,
        Duration maxTriggerDelay,
        boolean failOnDataLoss,
        boolean dropRepeats,
        RecordDecoder decoder,
        Encoding encoding) {

    private static final Option<Offsets> STARTING_OFFSETS = Option.of(
                    "starting-offsets", "earliest | latest | { TOPIC { PARTITION = OFFSET } }", Offsets::decode)
            .byDefault(
                    Offsets.EARLIEST,
                    "Where a batch run starts, and a stream that has no checkpoint yet. A partition that is not listed starts at its earliest"
                            + " offset.");
    private static final Option<Offsets> ENDING_OFFSETS = Option.of(
                    "ending-offsets", "latest | { TOPIC { PARTITION = OFFSET } }", Offsets::decode)
            .byDefault(Offsets.LATEST, "Where a batch run ends, each offset excluded. Streams do not look at it.");
    private static final Option<Long> MAX_OFFSETS_PER_TRIGGER = Option.of(
                    "max-offsets-per-trigger", "number", ConfigSection::optionalLong)
            .optional("How many records one micro-batch of a stream takes at most, of all partitions together.");
    private static final Duration STANDARD_DELAY = Duration.ofMinutes(15);
    private static final Option<Long> MIN_OFFSETS_PER_TRIGGER = Option.of(
                    "min-offsets-per-trigger", "number", ConfigSection::optionalLong)
            .optional("How many new records there have to be, of all partitions together, before a stream takes them.");
    private static final Option<Duration> MAX_TRIGGER_DELAY = Option.duration("max-trigger-delay")
            .otherwise("15m", "How long a stream waits for min-offsets-per-trigger before it takes what there is.");
    private static final Option<Boolean> FAIL_ON_DATA_LOSS = Option.flag("fail-on-data-loss")
            .byDefault(
                    true,
                    "Whether a stream fails where offsets it has not read yet are gone, or goes on with those that are there.");
    private static final Option<Boolean> DROP_REPEATS = Option.flag("drop-repeats")
            .byDefault(
                    false,
                    "Whether a record that Millrace has sent twice (same header millrace-id) is read once: in a batch run among all it reads, in a"
                            + " stream among those of ten minutes, by their timestamps.");

    static final List<OptionDescription> OPTIONS = Stream.of(
                    OptionDescription.of(Connection.BOOTSTRAP_SERVERS),
                    OptionDescription.of(Topics.OPTIONS),
                    OptionDescription.of(
                            STARTING_OFFSETS,
                            ENDING_OFFSETS,
                            MAX_OFFSETS_PER_TRIGGER,
                            MIN_OFFSETS_PER_TRIGGER,
                            MAX_TRIGGER_DELAY,
                            FAIL_ON_DATA_LOSS,
                            DROP_REPEATS),
                    OptionDescription.below("decode", Decoders.OPTIONS),
                    OptionDescription.of(Encoding.KEY, Encoding.HEADERS),
                    OptionDescription.below("encode", Encoding.OPTIONS),
                    OptionDescription.of(Connection.KAFKA, Connection.TIMEOUT))
            .flatMap(List::stream)
            .toList();

    /** Returns the same for the batches that one run writes. */
    KafkaModel ofRun() {
        return new KafkaModel(
                connection,
                topics,
                starting,
                ending,
                maxOffsetsPerTrigger,
                minOffsetsPerTrigger,
                maxTriggerDelay,
                failOnDataLoss,
                dropRepeats,
                decoder,
                encoding.ofRun());
    }

    /** Returns the one topic, where it is written. */
    String topic() {
        return topics.single().orElseThrow();
    }

    /** Decodes a value; empty where something is wrong, which is noted on it. */
    static Optional<KafkaModel> decode(PlanContext context) {
        ConfigSection value = context.value();
        Connection connection = Connection.decode(value);
        Topics topics = Topics.decode(value);
        Offsets starting = value.get(STARTING_OFFSETS);
        Offsets ending = value.get(ENDING_OFFSETS);
        if ("earliest".equals(ending.word())) {
            value.problem(ENDING_OFFSETS, "cannot be earliest: nothing would be read");
        }
        Optional<Long> limit = value.find(MAX_OFFSETS_PER_TRIGGER);
        limit.filter(number -> number < 1)
                .ifPresent(number -> value.problem(MAX_OFFSETS_PER_TRIGGER, "must be positive, not " + number));
        Optional<Long> least = value.find(MIN_OFFSETS_PER_TRIGGER);
        least.filter(number -> number < 1)
                .ifPresent(number -> value.problem(MIN_OFFSETS_PER_TRIGGER, "must be positive, not " + number));
        Duration delay = value.find(MAX_TRIGGER_DELAY).orElse(STANDARD_DELAY);
        if (value.has(MAX_TRIGGER_DELAY) && least.isEmpty()) {
            value.problem(MAX_TRIGGER_DELAY, "is for min-offsets-per-trigger; add it, or leave this out");
        }
        boolean failOnDataLoss = value.get(FAIL_ON_DATA_LOSS);
        boolean dropRepeats = value.get(DROP_REPEATS);
        Encoding encoding = Encoding.decode(context, topics);
        Optional<RecordDecoder> decoder = Decoders.decode(value, topics);
        return value.build(() -> new KafkaModel(
                connection,
                topics,
                starting,
                ending,
                limit.orElse(null),
                least.orElse(null),
                delay,
                failOnDataLoss,
                dropRepeats,
                decoder.orElseThrow(),
                encoding));
    }
}
