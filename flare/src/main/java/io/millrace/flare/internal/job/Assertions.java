package io.millrace.flare.internal.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.flare.internal.strategy.AssertionCheck;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must hold before something is written.
 *
 * @param checks as {@link AssertionCheck} takes them, each once, and where it is written
 * @param reads the views that their queries read
 */
record Assertions(Map<ObjectNode, String> checks, Set<String> reads) {

    Assertions {
        checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
        reads = Set.copyOf(reads);
    }

    /** Whether one is about a column of a view that it does not name itself. */
    boolean aboutColumns() {
        return checks.keySet().stream().anyMatch(check -> check.has("column"));
    }

    Assertions and(Assertions others) {
        Map<ObjectNode, String> both = new LinkedHashMap<>(checks);
        others.checks.forEach(both::putIfAbsent);
        Set<String> all = new TreeSet<>(reads);
        all.addAll(others.reads);
        return new Assertions(both, all);
    }
}
