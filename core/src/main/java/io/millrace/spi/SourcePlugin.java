package io.millrace.spi;

import java.util.Optional;

/** Makes sources from models of its product. Has a public constructor without parameters and no state. */
public interface SourcePlugin extends ModelPlugin {

    /** Decodes a model that is read; empty where something is wrong, which is noted on the context's value. */
    Optional<? extends Source> source(PlanContext context);
}
