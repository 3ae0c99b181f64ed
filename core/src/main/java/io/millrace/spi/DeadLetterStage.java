package io.millrace.spi;

import java.util.Locale;

/** Where in an ETL a row turned out to be one that cannot be processed. */
public enum DeadLetterStage {
    /** Its bytes could not be read as what the source expects. */
    DECODE,
    /** A strategy refused it. */
    STRATEGY,
    /** It does not meet an expectation. */
    EXPECTATION,
    /** It does not fit the target's schema. */
    SCHEMA,
    /** The sink refused it. */
    SINK;

    /** Returns the word that stands in the dead letters: {@code decode}, {@code strategy}, … */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
