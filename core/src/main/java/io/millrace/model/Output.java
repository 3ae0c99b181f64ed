package io.millrace.model;

import java.util.Optional;

/**
 * Where the result of an ETL goes. Each output commits by itself.
 *
 * @param model the name of the model that is written
 * @param where a Spark SQL predicate that chooses rows; empty for all of them
 * @param replaces a Spark SQL predicate, in which the run's parameters may stand, such as {@code day = :run_date}: what a run writes takes the place
 *     of the rows for which it is true; empty for what the model's own settings say
 */
public record Output(String model, Optional<String> where, Optional<String> replaces) {

    /** Refuses blanks. */
    public Output {
        if (model.isBlank()
                || where.filter(String::isBlank).isPresent()
                || replaces.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException(
                    "an output needs the name of a model, and neither where nor replaces may be blank");
        }
    }

    /** The rows that meet a predicate of Spark SQL, to a model. */
    public Output(String model, String where) {
        this(model, Optional.of(where), Optional.empty());
    }

    /** All rows to a model. */
    public static Output to(String model) {
        return new Output(model, Optional.empty(), Optional.empty());
    }

    /** Returns the same output, which replaces the rows for which a predicate is true. */
    public Output replacing(String predicate) {
        return new Output(model, where, Optional.of(predicate));
    }
}
