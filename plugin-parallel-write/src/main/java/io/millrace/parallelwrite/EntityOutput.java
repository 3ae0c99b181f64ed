package io.millrace.parallelwrite;

import io.millrace.catalog.EntityDefinition;
import io.millrace.catalog.ParallelWriteModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An output of product {@code parallelWrite} as it is known when the plan is made.
 *
 * @param model the model's value
 * @param declared what the catalog declares of the entity; null for a catalog that declares nothing
 */
public record EntityOutput(ParallelWriteModel model, @Nullable EntityDefinition declared) {

    /** Returns what the catalog declares of the entity: its format, perhaps its schema. */
    public Optional<EntityDefinition> definition() {
        return Optional.ofNullable(declared);
    }
}
