package io.millrace.workflow.flare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.model.StrategyStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which part of an input is taken: {@code incremental}. */
final class IncrementalReader {

    private static final String NO_STATE =
            "is not supported: how far a job has come is not kept beside its table; let a key find it there, as in sql: SELECT max(day) FROM DEPOT.COLLECTION.DATASET, or stream the input";

    private IncrementalReader() {}

    static Optional<StrategyStep> read(ConfigSection input, String name, Text text) {
        return input.optionalSection("incremental").flatMap(section -> step(section, name, text));
    }

    private static Optional<StrategyStep> step(ConfigSection section, String name, Text text) {
        String context = section.string("context");
        String sql = section.string("sql");
        text.refuse(section, NO_STATE, "state");
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
        return section.build(() ->
                new StrategyStep(name.isBlank() ? "input" : name, IncrementalSlice.class.getName(), configuration));
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
