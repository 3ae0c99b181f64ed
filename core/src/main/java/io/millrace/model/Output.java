package io.millrace.model;

import java.util.Optional;

/**
 * Where the result of an ETL goes. Each output commits by itself.
 *
 * @param model the name of the model that is written
 * @param where a Spark SQL predicate that chooses rows; empty for all of them
 */
public record Output(String model, Optional<String> where) {

    /** Refuses blanks. */
    public Output {
        if (model.isBlank() || where.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("an output needs the name of a model, and its where must not be blank");
        }
    }

    /** The rows that meet a predicate of Spark SQL, to a model. */
    public Output(String model, String where) {
        this(model, Optional.of(where));
    }

    /** All rows to a model. */
    public static Output to(String model) {
        return new Output(model, Optional.empty());
    }
}
