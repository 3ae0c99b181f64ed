package io.millrace.model;

/**
 * A step in Java that a record configures. Do not implement it by itself: a step is a {@code Strategy} or a {@code StreamingStrategy}, which extend it.
 *
 * @param <C> the record
 */
public interface Configured<C extends Record> {

    /** Returns the class of the configuration record. */
    Class<C> configurationType();
}
