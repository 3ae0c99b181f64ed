package io.millrace.parallelwrite;

import io.millrace.catalog.EntityFormat;
import io.millrace.spi.OutputContext;
import java.util.Optional;

/**
 * A way to write into entities, chosen by a model's {@code writerType}. Found by {@link java.util.ServiceLoader}; has a public constructor
 * without parameters and no state.
 */
public interface EntityWriter {

    /** Returns the {@code writerType} it serves. */
    String writerType();

    /**
     * Says why it cannot write a format. Asked when the plan is made, where the catalog declares the entity, and before each batch.
     *
     * @return a sentence that names the formats it can write; empty where it can write this one
     */
    Optional<String> formatProblem(EntityFormat format);

    /**
     * Checks a model as far as that is possible without a session, and makes what writes its batches.
     *
     * @param output what is to be written; its model has been decoded without problems
     * @param context takes what is wrong, on {@code context.value().section("writerDetails")}, and warnings
     * @return empty where something is wrong and has been noted
     */
    Optional<? extends BatchWriter> writer(EntityOutput output, OutputContext context);
}
