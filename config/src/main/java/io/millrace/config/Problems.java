package io.millrace.config;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects everything that is wrong, so that a user sees it all at once. Not for use by several threads. */
public final class Problems {

    private final Set<Problem> found = new LinkedHashSet<>();

    /** Adds a problem; the same problem twice is kept once. */
    public void add(Problem problem) {
        found.add(problem);
    }

    /** Adds the problems of an exception; an exception without any adds its message as a problem of {@code path}. */
    public void addAll(MillraceException exception, String path, SourceMap sources) {
        if (exception.problems().isEmpty()) {
            add(sources.problem(path, exception.getMessage()));
        }
        exception.problems().forEach(this::add);
    }

    /** Returns whether nothing is wrong so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns what was found: file by file, each in the order of its lines, its whole first; what has no place comes last. */
    public List<Problem> asList() {
        Map<String, Integer> files = new HashMap<>();
        found.forEach(problem -> problem.location().ifPresent(at -> files.putIfAbsent(at.file(), files.size())));
        Comparator<Problem> asWritten = Comparator.comparing((Problem problem) ->
                        problem.location().map(at -> files.get(at.file())).orElse(Integer.MAX_VALUE))
                .thenComparing(problem -> problem.location().map(Location::line).orElse(Integer.MAX_VALUE));
        return found.stream().sorted(asWritten).toList();
    }

    /**
     * Ends a stage: does nothing where nothing is wrong.
     *
     * @throws MillraceException of kind {@link MillraceException.Kind#USER} with every problem found
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw MillraceException.user(asList());
        }
    }
}
