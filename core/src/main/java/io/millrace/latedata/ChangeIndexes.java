package io.millrace.latedata;

import io.millrace.config.MillraceException;
import io.millrace.internal.state.StateFolder;
import io.millrace.spi.SupportsVersions;
import io.millrace.spi.VersionedTable;
import io.millrace.spi.VersionedTable.IncompleteLogException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Keeps what is known of the partitions of a table beside the slice ledger, a file for each version up to which it was looked at, of which the newest
 * counts. Several processes may keep theirs: for the same version it is the same. Thread-safe.
 */
final class ChangeIndexes {

    private static final int KEPT = 3;

    private final SparkSession session;
    private final SupportsVersions source;
    private final String words;
    private final List<String> columns;
    private final StateFolder state;
    private final Path folder;
    private Optional<ChangeIndex> known = Optional.empty();

    /**
     * Those of a pipegraph.
     *
     * @param words what messages call the table
     * @param ledger the folder of the slice ledger
     */
    ChangeIndexes(
            SparkSession session,
            SupportsVersions source,
            String words,
            List<String> columns,
            String ledger,
            String pipegraph) {
        this.session = session;
        this.source = source;
        this.words = words;
        this.columns = columns;
        this.state = new StateFolder(session, ledger);
        this.folder = new Path(new Path(ledger, "_changes"), StateFolder.plain(pipegraph));
    }

    /** Returns the place of a version among all. */
    long number(String version) {
        return source.number(version);
    }

    /** Returns the table as it is now. */
    VersionedTable table() {
        return source.table(session);
    }

    /**
     * Returns what is known of the partitions up to the newest version, and keeps it.
     *
     * @throws MillraceException of kind USER where the table is not partitioned by the columns, or its log is not complete
     */
    synchronized ChangeIndex newest() {
        VersionedTable table = table();
        requireColumns(table);
        Optional<ChangeIndex> before = known.or(this::kept);
        try {
            ChangeIndex now = before.isPresent()
                    ? sameColumns(before.get()).upToNewestOf(table, words)
                    : ChangeIndex.begin(table, columns);
            if (!before.equals(Optional.of(now))) {
                keep(now);
            }
            known = Optional.of(now);
            return now;
        } catch (IncompleteLogException gap) {
            throw MillraceException.user(
                    gap.getMessage()
                            + ". Run late-data run with --reconcile once: it looks at the table anew, and runs every slice that was done once more");
        }
    }

    /** Forgets what is known, and begins with the table as it is. */
    synchronized ChangeIndex beginAnew() {
        VersionedTable table = table();
        requireColumns(table);
        names().forEach(name -> state.delete(new Path(folder, name)));
        ChangeIndex begun = ChangeIndex.begin(table, columns);
        keep(begun);
        known = Optional.of(begun);
        return begun;
    }

    private ChangeIndex sameColumns(ChangeIndex before) throws IncompleteLogException {
        if (!before.columns().equals(columns)) {
            throw new IncompleteLogException("slices of " + words + " were told apart by "
                    + String.join(", ", before.columns()) + " before, and now are by " + String.join(", ", columns));
        }
        return before;
    }

    private void requireColumns(VersionedTable table) {
        List<String> partitioned = table.partitionColumns();
        if (partitioned.isEmpty()) {
            throw MillraceException.user(
                    words + " is not partitioned, so that nobody can tell which of its rows are late; partition it by "
                            + String.join(", ", columns));
        }
        List<String> missing =
                columns.stream().filter(column -> !partitioned.contains(column)).toList();
        if (!missing.isEmpty()) {
            throw MillraceException.user(words + " is not partitioned by " + String.join(", ", missing)
                    + " (late-data.partition-by), but by " + String.join(", ", partitioned));
        }
    }

    private List<String> names() {
        return state.names(folder).stream()
                .filter(name -> name.matches("\\d{20}\\.json"))
                .toList();
    }

    /** Another process may have deleted the newest meanwhile, which it does when it has written a newer one. */
    private Optional<ChangeIndex> kept() {
        List<String> names = names();
        for (int i = names.size() - 1; i >= 0; i--) {
            Path file = new Path(folder, names.get(i));
            Optional<ChangeIndex> found = state.read(file).map(json -> ChangeIndex.of(json, file.toString()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private void keep(ChangeIndex now) {
        String name = String.format(Locale.ROOT, "%020d.json", number(now.upTo()));
        state.write(new Path(folder, name), now.toJson());
        List<String> names = names();
        names.subList(0, Math.max(0, names.size() - KEPT)).forEach(old -> state.delete(new Path(folder, old)));
    }
}
