package io.millrace.spi;

/** Which of the rows that are in a target a batch takes the place of. */
public enum ReplacedRows {
    /** None: the batch's rows are added. The same rows, written as another batch, would be there twice. */
    NONE("beside all rows"),
    /** Those with the keys of the batch's rows. */
    SAME_KEYS("in place of rows with the same keys"),
    /** Those of the partitions that the batch has rows for. */
    SAME_PARTITIONS("in place of the partitions it has rows for"),
    /** All. */
    ALL("in place of all rows");

    private final String words;

    ReplacedRows(String words) {
        this.words = words;
    }

    /** Returns what comes after the description of an output in a plan: {@code in place of all rows}. */
    public String words() {
        return words;
    }
}
