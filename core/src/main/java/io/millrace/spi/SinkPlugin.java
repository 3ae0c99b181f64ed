package io.millrace.spi;

import java.util.Optional;

/** Makes sinks from models of its product. Has a public constructor without parameters and no state. */
public interface SinkPlugin extends ModelPlugin {

    /** Decodes a model that is written; empty where something is wrong, which is noted on the context's value. */
    Optional<? extends Sink> sink(OutputContext context);
}
