package io.millrace.flare.internal.dataset;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Options of Spark's Kafka source, as product {@code kafka} calls them. */
final class TopicOptions {

    private static final Map<String, String> NAMES = new TreeMap<>(Map.of(
            "startingOffsets", "starting-offsets",
            "endingOffsets", "ending-offsets",
            "maxOffsetsPerTrigger", "max-offsets-per-trigger",
            "failOnDataLoss", "fail-on-data-loss"));
    private static final String CLIENT = "kafka.";

    private TopicOptions() {}

    static void read(Map<String, String> options, ModelDraft model, ConfigSection input) {
        Map<String, String> clients = new LinkedHashMap<>();
        options.forEach((name, option) -> {
            String known = NAMES.get(name);
            if (known != null) {
                model.value().put(known, option);
                model.written(known, input.path("options"));
            } else if (name.startsWith(CLIENT)) {
                clients.put(name.substring(CLIENT.length()), option);
            } else {
                input.problem(
                        "options",
                        "unknown option \"" + name + "\" of a topic; " + Suggestion.among(name, NAMES.keySet())
                                + "; settings of Kafka's clients begin with kafka.");
            }
        });
        clients.forEach((name, option) -> model.value().withObject("/kafka").put(name, option));
    }
}
