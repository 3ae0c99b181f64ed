package io.millrace.spi;

import java.util.List;
import java.util.Map;

/** A table with versions, as it is when it is looked at. Used on the driver. Every failure of the storage is of kind EXTERNAL. */
public interface VersionedTable {

    /** Returns what tells it from another table of the same name: one that was deleted and made anew has another id. */
    String id();

    /** Returns the name of the newest version. */
    String newest();

    /** Returns whether a version can still be read: its files are there, and its log. */
    boolean readable(String version);

    /** Returns the columns that the table is partitioned by. */
    List<String> partitionColumns();

    /**
     * Returns how many files each partition has in the newest version. Costs a look at all of the table's files.
     *
     * @param columns of the partition columns those that tell partitions apart
     */
    Map<PartitionValues, Long> partitions(List<String> columns);

    /**
     * Returns what each partition went through after a version, up to the newest. Reads the log after that version and no more.
     *
     * @param version where to begin
     * @param columns of the partition columns those that tell partitions apart
     * @throws IncompleteLogException where the log does not tell all of it any more
     */
    Map<PartitionValues, Change> changesAfter(String version, List<String> columns) throws IncompleteLogException;

    /**
     * What a partition went through.
     *
     * @param version the name of the last version that changed its rows; empty where none did: files were rewritten and no row is another
     * @param files how many files it has more than before; negative where it has fewer
     */
    record Change(String version, long files) {

        /** Returns this and what came after it. */
        public Change then(Change later) {
            return new Change(later.version.isEmpty() ? version : later.version, files + later.files);
        }
    }

    /** The log between two versions is not complete. */
    final class IncompleteLogException extends Exception {

        private static final long serialVersionUID = 1;

        /** @param message which versions are missing, and why that may be */
        public IncompleteLogException(String message) {
            super(message);
        }
    }
}
