package io.millrace.flare.internal.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.flare.internal.strategy.IncrementalSlice;
import io.millrace.model.StrategyStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads which part of an input is taken: {@code incremental}. */
final class IncrementalReader {

    private IncrementalReader() {}

    static Optional<StrategyStep> read(ConfigSection input, String name) {
        return input.optionalSection("incremental").flatMap(section -> step(section, name));
    }

    private static Optional<StrategyStep> step(ConfigSection section, String name) {
        String context = section.string("context");
        String sql = section.string("sql");
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration.put("of", InputView.whole(name)).put("context", context).put("sql", sql);
        ArrayNode keys = configuration.putArray("keys");
        List<String> known = new ArrayList<>();
        for (ConfigSection key : section.sections("keys")) {
            String keyName = key.string("name");
            String keySql = key.string("sql");
            checkPlaceholders(key, keySql, known);
            known.add(keyName);
            keys.addObject().put("name", keyName).put("sql", keySql);
            key.build(() -> key);
        }
        checkPlaceholders(section, sql, known);
        state(section, known, configuration.putArray("state"));
        return section.build(() ->
                new StrategyStep(name.isBlank() ? "input" : name, IncrementalSlice.class.getName(), configuration));
    }

    /** Which keys begin the next run with which value of this one. */
    private static void state(ConfigSection section, List<String> known, ArrayNode state) {
        Set<String> keys = new HashSet<>();
        for (ConfigSection next : section.sections("state")) {
            String key = next.string("key");
            String value = next.string("value");
            checkKey(next, "key", key, known);
            checkKey(next, "value", value, known);
            if (!key.isEmpty() && !keys.add(key)) {
                next.problem("key", "two states are of the key \"" + key + "\"; remove one");
            }
            state.addObject().put("key", key).put("value", value);
            next.build(() -> next);
        }
    }

    private static void checkKey(ConfigSection section, String at, String key, List<String> known) {
        if (!key.isEmpty() && !known.contains(key)) {
            section.problem(at, "no key is named \"" + key + "\"; " + Suggestion.among(key, known));
        }
    }

    private static void checkPlaceholders(ConfigSection section, String sql, List<String> known) {
        for (String name : IncrementalSlice.placeholders(sql)) {
            if (!known.contains(name)) {
                section.problem(
                        "sql",
                        "uses $|" + name + "|, which no key before it is named; " + Suggestion.among(name, known));
            }
        }
    }
}
