package io.millrace.spi;

/**
 * What became of the rows that reached a sink. Their sum is the number of rows it was given.
 *
 * @param committed rows that are in the target now because of this batch, or were deleted from it by it
 * @param dropped rows left out because the output's settings say so
 * @param deadLettered rows the sink sent to the dead letters
 * @param stale rows of an upsert that are older than what the target holds
 * @param collapsed rows of an upsert that lost against another row of the same key and batch
 */
public record Counts(long committed, long dropped, long deadLettered, long stale, long collapsed) {

    /** No rows at all. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    /** All rows committed. */
    public static Counts committed(long rows) {
        return new Counts(rows, 0, 0, 0, 0);
    }

    /** Returns how many rows are accounted for. */
    public long sum() {
        return committed + dropped + deadLettered + stale + collapsed;
    }

    /** Adds two counts. */
    public Counts plus(Counts other) {
        return new Counts(
                committed + other.committed,
                dropped + other.dropped,
                deadLettered + other.deadLettered,
                stale + other.stale,
                collapsed + other.collapsed);
    }
}
