package io.millrace.model;

/**
 * What must hold for every row of an ETL's result.
 *
 * @param name how the report calls it
 * @param that a Spark SQL predicate; a row for which it is false or null does not meet the expectation
 * @param otherwise what becomes of such a row
 */
public record Expectation(String name, String that, Otherwise otherwise) {

    /** What becomes of a row that does not meet an expectation. */
    public enum Otherwise {
        /** It is written, and counted in the report. */
        WARN,
        /** It is not written, and counted as dropped. */
        DROP,
        /** It goes to the ETL's dead letters instead. */
        DEAD_LETTER,
        /** The batch fails; nothing of it is written. */
        FAIL
    }

    /** Refuses blanks. */
    public Expectation {
        if (name.isBlank() || that.isBlank()) {
            throw new IllegalArgumentException("an expectation needs a name and a predicate");
        }
    }
}
