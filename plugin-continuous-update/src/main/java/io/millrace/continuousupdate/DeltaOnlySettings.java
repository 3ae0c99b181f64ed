package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.UpsertSetting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Settings that are for Delta tables: other formats are maintained elsewhere. */
final class DeltaOnlySettings {

    private static final String COMPACTION =
            "is for Delta tables; have an %s table compacted by millrace compact, or by the action rewrite_dataset of a workflow";
    private static final String VACUUM =
            "is for Delta tables; have an %s table freed of old files by the action expire_snapshots of a workflow";

    private DeltaOnlySettings() {}

    /** Returns what is wrong with the settings for a format, by key. */
    static Map<String, String> problems(ContinuousUpdate settings, EntityFormat format) {
        Map<String, String> problems = new LinkedHashMap<>();
        if (format != EntityFormat.DELTA && settings.compaction() != null) {
            problems.put("compactFrequency", COMPACTION.formatted(format));
        }
        if (format != EntityFormat.DELTA && settings.vacuum() != null) {
            problems.put("vacuumFrequency", VACUUM.formatted(format));
        }
        return problems;
    }

    /** Says where an Iceberg table has done what a setting asks for. */
    static String elsewhere(UpsertSetting setting) {
        return switch (setting) {
            case COMPACT_FREQUENCY, COMPACT_NUM_FILE -> COMPACTION.formatted("Iceberg");
            case VACUUM_FREQUENCY, RETENTION_HOURS -> VACUUM.formatted("Iceberg");
            default -> "is for Delta tables: engines that read Iceberg find its files by themselves";
        };
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
