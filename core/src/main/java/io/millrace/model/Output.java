package io.millrace.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the result of an ETL goes. Each output commits by itself.
 *
 * @param model the name of the model that is written
 * @param condition a Spark SQL predicate that chooses rows, or null for all of them
 */
public record Output(String model, @Nullable String condition) {

    /** Refuses blanks. */
    public Output {
        if (model.isBlank() || (condition != null && condition.isBlank())) {
            throw new IllegalArgumentException("an output needs the name of a model, and its where must not be blank");
        }
    }

    /** All rows to a model. */
    public static Output to(String model) {
        return new Output(model, null);
    }

    /** Returns the predicate that chooses rows, where there is one. */
    public Optional<String> where() {
        return Optional.ofNullable(condition);
    }
}
