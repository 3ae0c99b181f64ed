package io.millrace.kafka.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.PartitionNumbers;
import io.millrace.spi.Slice;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A job as its message says it: <code>{"model": "wfs", "config": {"file": "/etl/wfs.conf", "date": "2024-01-23", "partitions": "0,3", "set":
 * {"lake": "/lake"}}}</code>.
 *
 * @param model the code of a data product, or the class of its strategy
 * @param file the pipegraph; null for that of the data product
 * @param set values that are set over it
 * @param slice its date and partitions
 */
public record JobMessage(String model, @Nullable String file, Map<String, String> set, Slice slice) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEYS = Set.of("model", "config");
    private static final Set<String> CONFIG_KEYS = Set.of("file", "date", "partitions", "set");

    /** A message that is no job; its message says why. */
    public static final class NoJobException extends Exception {

        private static final long serialVersionUID = 1L;

        NoJobException(String message) {
            super(message);
        }
    }

    /** Copies the settings. */
    public JobMessage {
        set = Map.copyOf(set);
    }

    /** Returns whether a message asks the job manager to stop that takes it: <code>{"stop": true}</code>. */
    static boolean asksToStop(byte @Nullable [] message) {
        try {
            return message != null && JSON.readTree(message).path("stop").asBoolean(false);
        } catch (java.io.IOException noJson) {
            return false;
        }
    }

    /** Reads a message. */
    static JobMessage parse(byte @Nullable [] message) throws NoJobException {
        JsonNode tree = tree(message);
        List<String> problems = new ArrayList<>();
        unknown(tree, KEYS, "", problems);
        String model = tree.path("model").asText("");
        if (model.isBlank()) {
            problems.add("model is missing: the code of a data product");
        }
        JsonNode config = tree.path("config");
        if (!config.isObject() && !config.isMissingNode()) {
            problems.add("config is no object");
        }
        unknown(config, CONFIG_KEYS, "config.", problems);
        Map<String, String> set = new LinkedHashMap<>();
        config.path("set")
                .properties()
                .forEach(each -> set.put(each.getKey(), each.getValue().asText()));
        LocalDate date = date(config.path("date"), problems);
        List<Integer> partitions = partitions(config.path("partitions"), problems);
        if (!problems.isEmpty()) {
            throw new NoJobException(String.join("; ", problems));
        }
        String file = config.path("file").asText("");
        return new JobMessage(model, file.isEmpty() ? null : file, set, new Slice(date, partitions, null));
    }

    private static JsonNode tree(byte @Nullable [] message) throws NoJobException {
        if (message == null) {
            throw new NoJobException("the message has no value");
        }
        try {
            JsonNode tree = JSON.readTree(message);
            if (tree == null || !tree.isObject()) {
                throw new NoJobException("the message is no JSON object");
            }
            return tree;
        } catch (java.io.IOException wrong) {
            throw new NoJobException("the message is not JSON: " + firstLine(wrong));
        }
    }

    private static String firstLine(Exception wrong) {
        String message = wrong instanceof JsonProcessingException json ? json.getOriginalMessage() : wrong.getMessage();
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private static void unknown(JsonNode object, Set<String> known, String prefix, List<String> problems) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                problems.add(prefix + name + " is unknown; known: "
                        + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    private static @Nullable LocalDate date(JsonNode written, List<String> problems) {
        if (written.isMissingNode()) {
            return null;
        }
        try {
            return LocalDate.parse(written.asText());
        } catch (DateTimeException wrong) {
            problems.add("config.date: \"" + written.asText() + "\" is not a date such as 2024-01-03");
            return null;
        }
    }

    private static List<Integer> partitions(JsonNode written, List<String> problems) {
        if (written.isMissingNode()) {
            return List.of();
        }
        try {
            return PartitionNumbers.parse(written.asText());
        } catch (IllegalArgumentException wrong) {
            problems.add("config.partitions: " + wrong.getMessage());
            return List.of();
        }
    }

    /** Returns the message. */
    byte[] bytes() {
        ObjectNode message = JSON.createObjectNode().put("model", model);
        ObjectNode config = message.putObject("config");
        if (file != null) {
            config.put("file", file);
        }
        slice.date().ifPresent(date -> config.put("date", date.toString()));
        if (!slice.partitions().isEmpty()) {
            config.put(
                    "partitions",
                    slice.partitions().stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        if (!set.isEmpty()) {
            set.forEach(config.putObject("set")::put);
        }
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return model + ", " + slice;
    }
}
