package io.millrace.flare.internal.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.flare.internal.strategy.AssertionCheck;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What must hold before something is written.
 *
 * @param checks as {@link AssertionCheck} takes them
 * @param reads the views that their queries read
 */
record Assertions(List<ObjectNode> checks, Set<String> reads) {

    Assertions {
        checks = List.copyOf(checks);
        reads = Set.copyOf(reads);
    }

    /** Whether one is about a column of a view that it does not name itself. */
    boolean aboutColumns() {
        return checks.stream().anyMatch(check -> check.has("column"));
    }

    Assertions and(Assertions others) {
        Set<String> all = new TreeSet<>(reads);
        all.addAll(others.reads);
        return new Assertions(
                Stream.concat(checks.stream(), others.checks.stream())
                        .distinct()
                        .toList(),
                all);
    }
}
