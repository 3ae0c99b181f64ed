package io.millrace.model;

/**
 * How many rows may become dead letters before the ETL fails: a few bad ones among many are to be expected, many of them are a sign that something
 * else is wrong.
 *
 * @param percent of the rows, from 0 to 100
 * @param last of so many rows that were read last, or a few more, as batches are looked at whole
 * @param warmUp so many rows are read before it is looked at
 */
public record DeadLetterLimit(double percent, long last, long warmUp) {

    /** Refuses what makes no sense. */
    public DeadLetterLimit {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent must be from 0 to 100, not " + percent);
        }
        if (last < 1 || warmUp < 0) {
            throw new IllegalArgumentException("last must be positive, and warmUp not negative");
        }
    }
}
