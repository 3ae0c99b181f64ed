package io.millrace.parallelwrite;

import io.millrace.catalog.SaveMode;
import org.jspecify.annotations.Nullable;

/**
 * How rows are added to a Cold entity.
 *
 * @param mode what becomes of the rows that are there; with {@link SaveMode#IGNORE} all rows of the batch count as dropped where there are any
 * @param targetFileSize how large the files of the batch are to be, in bytes; null to have each task write files of its own
 */
public record WriteSettings(SaveMode mode, @Nullable Long targetFileSize) {

    /** Returns the same in another mode. */
    WriteSettings mode(SaveMode other) {
        return new WriteSettings(other, targetFileSize);
    }
}
