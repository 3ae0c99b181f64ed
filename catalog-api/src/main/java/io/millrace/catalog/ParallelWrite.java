package io.millrace.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Rows are added to the entity, or replace what it holds.
 *
 * @param saveMode what happens to the rows that are there already
 * @param overwrite what is replaced, with {@link SaveMode#OVERWRITE}
 * @param symlinkManifest whether a Delta table gets a symlink manifest after each commit
 * @param targetFileSize how large the files of a batch are to be, in bytes; null to have each task write files of its own
 */
public record ParallelWrite(
        SaveMode saveMode, EntityOverwrite overwrite, boolean symlinkManifest, @Nullable Long targetFileSize)
        implements WriterDetails {

    /** The value of {@code writerType}. */
    public static final String WRITER_TYPE = "parallelWrite";

    /** Checks the size, and that only an overwrite replaces partitions. */
    public ParallelWrite {
        if (targetFileSize != null && targetFileSize < 1) {
            throw new IllegalArgumentException("targetFileSize must be at least 1 byte, not " + targetFileSize);
        }
        if (overwrite == EntityOverwrite.DYNAMIC && saveMode != SaveMode.OVERWRITE) {
            throw new IllegalArgumentException("only saveMode overwrite replaces partitions, not " + saveMode);
        }
    }

    /**
     * A write in a save mode, without a symlink manifest.
     *
     * @param saveMode append, overwrite, ignore or errorIfExists, in any case
     * @throws io.millrace.config.MillraceException of kind USER for any other word
     */
    public ParallelWrite(String saveMode) {
        this(SaveMode.of(saveMode));
    }

    /** A write in a save mode, without a symlink manifest. */
    public ParallelWrite(SaveMode saveMode) {
        this(saveMode, EntityOverwrite.STATIC, false, null);
    }

    /** A write that replaces the partitions that a batch has rows for. */
    public static ParallelWrite overwritePartitions() {
        return new ParallelWrite(SaveMode.OVERWRITE, EntityOverwrite.DYNAMIC, false, null);
    }

    /** Returns the same write with a symlink manifest. */
    public ParallelWrite withSymlinkManifest() {
        return new ParallelWrite(saveMode, overwrite, true, targetFileSize);
    }

    /**
     * Returns the same write with files of about a size.
     *
     * @param bytes at least 1
     */
    public ParallelWrite withTargetFileSize(long bytes) {
        return new ParallelWrite(saveMode, overwrite, symlinkManifest, bytes);
    }

    @Override
    public String writerType() {
        return WRITER_TYPE;
    }
}
