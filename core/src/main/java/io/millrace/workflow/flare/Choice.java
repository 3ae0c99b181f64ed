package io.millrace.workflow.flare;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import java.util.Map;
import java.util.Optional;

/** Words of the dialect one of which is written, in any case. */
final class Choice {

    private Choice() {}

    /** Returns what the written word stands for; empty where none is written, or one that is not known, which is noted. */
    static <T> Optional<T> of(ConfigSection section, String key, Map<String, T> known) {
        Optional<String> written = section.optionalString(key);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        for (Map.Entry<String, T> each : known.entrySet()) {
            if (each.getKey().equalsIgnoreCase(written.get())) {
                return Optional.of(each.getValue());
            }
        }
        section.problem(
                key, "unknown value \"" + written.get() + "\"; " + Suggestion.among(written.get(), known.keySet()));
        return Optional.empty();
    }
}
