package io.millrace.parallelwrite;

import io.millrace.catalog.SaveMode;
import org.jspecify.annotations.Nullable;

/**
 * How rows are added to a Cold entity.
 *
 * @param mode what becomes of the rows that are there; with {@link SaveMode#IGNORE} all rows of the batch count as dropped where there are any
 * @param samePartitions with {@link SaveMode#OVERWRITE}: whether only the partitions that a batch has rows for are replaced
 * @param targetFileSize how large the files of the batch are to be, in bytes; null to have each task write files of its own
 */
public record WriteSettings(SaveMode mode, boolean samePartitions, @Nullable Long targetFileSize) {

    /** Returns the same in another mode, for all rows. */
    WriteSettings mode(SaveMode other) {
        return new WriteSettings(other, false, targetFileSize);
    }
}
