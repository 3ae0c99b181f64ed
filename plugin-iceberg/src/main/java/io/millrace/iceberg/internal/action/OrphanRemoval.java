package io.millrace.iceberg.internal.action;

import io.millrace.config.MillraceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.actions.DeleteOrphanFiles;
import org.apache.iceberg.spark.actions.DeleteOrphanFilesSparkAction;
import org.jspecify.annotations.Nullable;

/**
 * Deletes files in a table's folder that no version of it has: what killed writers left.
 *
 * @param location null for the whole folder
 * @param dryRun whether the files are only named
 */
record OrphanRemoval(PointInTime olderThan, @Nullable String location, boolean dryRun, OptionalInt concurrentDeletes)
        implements TableWork {

    private static final PointInTime STANDARD = new PointInTime(null, Duration.ofDays(3));
    private static final Duration YOUNGEST = Duration.ofDays(1);
    private static final int NAMED = 20;

    static Optional<OrphanRemoval> decode(ActionOptions options) {
        PointInTime olderThan = options.pointInTime("older-than", "older-than-millis", "older-than-timestamp")
                .orElse(STANDARD);
        Optional<String> location = options.text("location");
        boolean dryRun = options.isTrue("dry-run");
        OptionalInt concurrentDeletes = options.positive("max-concurrent-deletes");
        return options.build(() -> new OrphanRemoval(olderThan, location.orElse(null), dryRun, concurrentDeletes));
    }

    @Override
    public Map<String, Object> on(TableActionTarget target) {
        Table table = target.existing();
        target.checkDeletable(table);
        Instant now = Instant.now();
        Instant limit = olderThan.seenFrom(now);
        if (!dryRun && limit.isAfter(now.minus(YOUNGEST))) {
            throw MillraceException.user(
                    "cannot remove orphans of " + target.model().words() + ": " + limit
                            + " is less than a day ago, and writers at work have files that no version of the table has yet;"
                            + " choose an earlier time, or see with dry-run = true what would go");
        }
        checkLocation(target, table);
        return target.doing("cannot remove orphans of", () -> figures(removed(target, table, limit)));
    }

    /** Files elsewhere belong to other tables, all of which would count as orphans. */
    private void checkLocation(TableActionTarget target, Table table) {
        List<String> places = new ArrayList<>(List.of(table.location()));
        for (String property : List.of(TableProperties.WRITE_DATA_LOCATION, TableProperties.WRITE_METADATA_LOCATION)) {
            Optional.ofNullable(table.properties().get(property)).ifPresent(places::add);
        }
        if (location != null && places.stream().noneMatch(place -> within(location, place))) {
            throw MillraceException.user(
                    "cannot remove orphans of " + target.model().words() + ": " + location
                            + " is not a folder of the table; its folders are " + String.join(", ", places));
        }
    }

    private static boolean within(String folder, String place) {
        return !folder.contains("..") && (plain(folder) + "/").startsWith(plain(place) + "/");
    }

    private static String plain(String folder) {
        return folder.replaceFirst("^file:/+", "/").replaceFirst("/+$", "");
    }

    private DeleteOrphanFiles.Result removed(TableActionTarget target, Table table, Instant limit) {
        DeleteOrphanFilesSparkAction action =
                target.actions().deleteOrphanFiles(table).olderThan(limit.toEpochMilli());
        if (location != null) {
            action.location(location);
        }
        if (dryRun) {
            return action.deleteWith(file -> {}).execute();
        }
        return ConcurrentDeletes.of(concurrentDeletes, action::executeDeleteWith, action::execute);
    }

    private Map<String, Object> figures(DeleteOrphanFiles.Result result) {
        List<String> files = new ArrayList<>();
        result.orphanFileLocations().forEach(files::add);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put(dryRun ? "orphans found" : "orphans removed", Math.max(files.size(), result.orphanFilesCount()));
        if (!files.isEmpty()) {
            figures.put("files", files.stream().sorted().limit(NAMED).toList());
        }
        return figures;
    }
}
