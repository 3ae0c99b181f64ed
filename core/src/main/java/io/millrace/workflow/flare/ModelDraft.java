package io.millrace.workflow.flare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The value of a model while it is made, and where its keys are written. */
final class ModelDraft {

    private final ObjectNode value;
    private final Map<String, String> written = new HashMap<>();

    ModelDraft(ObjectNode value) {
        this.value = value;
    }

    ObjectNode value() {
        return value;
    }

    /** Says that a key of the value is written at a path of the text. */
    void written(String key, String path) {
        written.put(key, path);
    }

    /** Sets an object of texts, where there are any. */
    void texts(String key, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(value.putObject(key)::put);
        }
    }

    /** Sets a list of texts, where there are any. */
    void list(String key, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(value.putArray(key)::add);
        }
    }

    /** Adds the model to a draft; returns its name there. */
    String add(String wanted, Depot depot, String path, Draft draft) {
        String name = draft.model(wanted, depot, value, path);
        written.forEach((key, at) -> draft.placeValue(name, key, at));
        return name;
    }
}
