package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.EntityFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Settings that are for Delta tables: other formats are maintained elsewhere. */
final class DeltaOnly {

    private DeltaOnly() {}

    /** Returns what is wrong with the settings for a format, by key. */
    static Map<String, String> problems(ContinuousUpdate settings, EntityFormat format) {
        Map<String, String> problems = new LinkedHashMap<>();
        if (format != EntityFormat.DELTA && settings.compaction() != null) {
            problems.put(
                    "compactFrequency",
                    "is for Delta tables; have an " + format
                            + " table compacted by millrace compact, or by the action rewrite_dataset of a workflow");
        }
        if (format != EntityFormat.DELTA && settings.vacuum() != null) {
            problems.put(
                    "vacuumFrequency",
                    "is for Delta tables; have an " + format
                            + " table freed of old files by the action expire_snapshots of a workflow");
        }
        return problems;
    }

    /** Returns the same as one sentence for each line. */
    static Optional<String> problem(ContinuousUpdate settings, EntityFormat format) {
        Map<String, String> problems = problems(settings, format);
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(problems.entrySet().stream()
                        .map(problem -> problem.getKey() + " " + problem.getValue())
                        .collect(Collectors.joining("\n  ")));
    }
}
