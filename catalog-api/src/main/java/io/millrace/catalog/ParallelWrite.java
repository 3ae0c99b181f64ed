package io.millrace.catalog;

/**
 * Rows are added to the entity, or replace what it holds.
 *
 * @param saveMode what happens to the rows that are there already
 * @param symlinkManifest whether a Delta table gets a symlink manifest after each commit
 */
public record ParallelWrite(SaveMode saveMode, boolean symlinkManifest) implements WriterDetails {

    /** The value of {@code writerType}. */
    public static final String WRITER_TYPE = "parallelWrite";

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
        this(saveMode, false);
    }

    /** Returns the same write with a symlink manifest. */
    public ParallelWrite withSymlinkManifest() {
        return new ParallelWrite(saveMode, true);
    }

    @Override
    public String writerType() {
        return WRITER_TYPE;
    }
}
