package io.millrace.spi;

/** What a sink promises about a batch that is written again after a crash. */
public enum Delivery {
    /** Every row is there once. */
    EXACTLY_ONCE,
    /** Every row is there, some perhaps several times. */
    AT_LEAST_ONCE
}
