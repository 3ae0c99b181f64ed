package io.millrace.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be compacted, and how.
 *
 * @param condition a predicate in SQL on the partition columns; null for all partitions
 * @param size how large files are to be, in bytes; null for what the sink finds right
 */
public record CompactionRequest(@Nullable String condition, @Nullable Long size) {

    private static final long USUAL_SIZE = 128_000_000;

    /** Everything, in the usual size. */
    public static CompactionRequest all() {
        return new CompactionRequest(null, null);
    }

    /** Returns the same for the partitions of which a predicate holds. */
    public CompactionRequest where(String predicate) {
        return new CompactionRequest(predicate, size);
    }

    /** Returns the same with files of a size, in bytes. */
    public CompactionRequest targetFileSize(long bytes) {
        return new CompactionRequest(condition, bytes);
    }

    /** Returns which partitions are meant; empty for all. */
    public Optional<String> where() {
        return Optional.ofNullable(condition);
    }

    /**
     * Returns how large files are to be: what was asked for, else what the sink's model says, else 128 MB.
     *
     * @param ofModel null where the model says nothing
     */
    public long targetFileSize(@Nullable Long ofModel) {
        if (size != null) {
            return size;
        }
        return ofModel == null ? USUAL_SIZE : ofModel;
    }
}
