package io.millrace.kafka.internal.broker;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.AllowedWords;
import io.millrace.config.ConfigSection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where reading starts or ends.
 *
 * @param word {@code earliest} or {@code latest}; null where partitions are listed
 * @param byPartition offsets by topic and partition; -2 is the earliest, -1 the latest
 */
public record Offsets(@Nullable String word, Map<String, Map<Integer, Long>> byPartition) {

    /** The first record that is still there. */
    public static final Offsets EARLIEST = new Offsets("earliest", Map.of());
    /** Behind the last record. */
    public static final Offsets LATEST = new Offsets("latest", Map.of());

    private static final AllowedWords<String> WORDS = AllowedWords.of(List.of("earliest", "latest"));
    private static final String FORM =
            "must be earliest, latest, or { TOPIC { PARTITION = OFFSET } }, where an offset may be"
                    + " earliest or latest too";

    public Offsets {
        byPartition = Map.copyOf(byPartition);
    }

    /** Decodes the offsets under a key; empty where they are not written, or wrong, which is noted. */
    public static Optional<Offsets> decode(ConfigSection value, String key) {
        if (value.raw(key).filter(JsonNode::isObject).isPresent()) {
            return value.optionalSection(key).map(Offsets::listed);
        }
        return value.optionalString(key).flatMap(word -> {
            Optional<Offsets> offsets = WORDS.find(word).map(known -> new Offsets(known, Map.of()));
            if (offsets.isEmpty()) {
                value.problem(key, FORM);
            }
            return offsets;
        });
    }

    private static Offsets listed(ConfigSection topics) {
        Map<String, Map<Integer, Long>> offsets = new TreeMap<>();
        for (String topic : topics.keys()) {
            topics.optionalSection(topic).ifPresent(partitions -> {
                Map<Integer, Long> ofTopic = new TreeMap<>();
                for (String partition : partitions.keys()) {
                    String written =
                            partitions.raw(partition).map(JsonNode::asText).orElse("");
                    String offset = WORDS.find(written).orElse(written);
                    if (partition.matches("\\d+") && offset.matches("\\d+|earliest|latest")) {
                        ofTopic.put(Integer.valueOf(partition), number(offset));
                    } else {
                        partitions.problem(partition, FORM);
                    }
                }
                offsets.put(topic, Map.copyOf(ofTopic));
            });
        }
        return new Offsets(null, offsets);
    }

    /** Returns whether it is behind the last record of every partition. */
    public boolean isLatest() {
        return "latest".equals(word);
    }

    /** Returns the offset of one partition; {@code standard} for one that is not listed. */
    public long of(TopicPartition partition, long standard) {
        if (word != null) {
            return number(word);
        }
        return byPartition.getOrDefault(partition.topic(), Map.of()).getOrDefault(partition.partition(), standard);
    }

    private static long number(String offset) {
        return switch (offset) {
            case "earliest" -> -2;
            case "latest" -> -1;
            default -> Long.parseLong(offset);
        };
    }

    @Override
    public String toString() {
        if (word != null) {
            return word;
        }
        return new TreeMap<>(byPartition).toString().replaceAll("[{}]", "");
    }
}
