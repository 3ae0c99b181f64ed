package io.millrace.workflow;

import io.millrace.config.ConfigDocument;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a workflow besides its file.
 *
 * @param set path to value, set over the file and over those of its jobs
 * @param stateFolder the folder below which runs are noted, in place of the one that the workflow names; or null
 * @param depotsDocument what addresses in the workflow mean, or null; only languages that have addresses read it
 */
public record WorkflowSettings(
        Map<String, String> set, @Nullable String stateFolder, @Nullable ConfigDocument depotsDocument) {

    /** Nothing. */
    public static final WorkflowSettings NONE = new WorkflowSettings(Map.of(), null, null);

    /** Copies the map. */
    public WorkflowSettings {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }

    /** Returns the folder below which runs are noted, where it is said. */
    public Optional<String> state() {
        return Optional.ofNullable(stateFolder);
    }

    /** Returns what addresses mean, where it is said. */
    public Optional<ConfigDocument> depots() {
        return Optional.ofNullable(depotsDocument);
    }
}
