package io.millrace.flare.internal.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The value of a model while it is made, and where its keys are written. */
public final class ModelDraft {

    private final ObjectNode value;
    private final Map<String, String> written = new HashMap<>();

    /** Begins with what the dataset says. */
    public ModelDraft(ObjectNode value) {
        this.value = value;
    }

    /** Returns the value, which may be changed. */
    public ObjectNode value() {
        return value;
    }

    /** Says that a key of the value is written at a path of the text. */
    public void written(String key, String path) {
        written.put(key, path);
    }

    /** Returns where in the text keys of the value are written. */
    public Map<String, String> written() {
        return Map.copyOf(written);
    }

    /** Sets an object of texts, where there are any. */
    public void texts(String key, Map<String, String> texts) {
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
}
