package io.millrace.spi;

/** What a batch replaces in a target that it overwrites: a setting of products. */
public enum OverwriteMode {
    /** All rows. */
    STATIC,
    /** The partitions that the batch has rows for. */
    DYNAMIC;

    /** Returns which rows a batch takes the place of. */
    public ReplacedRows replaced() {
        return this == DYNAMIC ? ReplacedRows.SAME_PARTITIONS : ReplacedRows.ALL;
    }
}
