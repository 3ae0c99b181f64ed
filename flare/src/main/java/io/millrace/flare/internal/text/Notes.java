package io.millrace.flare.internal.text;

import io.millrace.config.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the user should know of a file that is read: what is ignored in it, each key once however often it is written, and warnings. */
public final class Notes {

    private final Map<String, Problem> ignored = new LinkedHashMap<>();
    private final Map<String, Integer> times = new LinkedHashMap<>();
    private final List<Problem> warnings = new ArrayList<>();

    /**
     * Notes a key that changes nothing here.
     *
     * @param key what the many places of it have in common: the path without numbers, and why it changes nothing
     */
    void ignored(String key, Problem first) {
        ignored.putIfAbsent(key, first);
        times.merge(key, 1, Integer::sum);
    }

    void warn(Problem warning) {
        warnings.add(warning);
    }

    /** Returns the warnings, then what is ignored. */
    public List<Problem> asList() {
        List<Problem> all = new ArrayList<>(warnings);
        ignored.forEach((key, first) -> {
            int others = times.getOrDefault(key, 1) - 1;
            String more = others == 0 ? "" : " (written in " + others + " more " + (others == 1 ? "place)" : "places)");
            all.add(new Problem(first.location().orElse(null), first.path(), first.message() + more));
        });
        return all;
    }
}
