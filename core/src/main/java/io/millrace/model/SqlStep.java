package io.millrace.model;

/**
 * A query over the views before it.
 *
 * @param name the view it makes; not blank
 * @param sql one query of Spark SQL; a run's values are named parameters ({@code :run_date})
 */
public record SqlStep(String name, String sql) implements Step {

    /** Refuses blanks. */
    public SqlStep {
        if (name.isBlank() || sql.isBlank()) {
            throw new IllegalArgumentException("a step needs a name and its SQL");
        }
    }
}
