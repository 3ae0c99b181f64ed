package io.millrace.spi;

import java.net.URL;
import java.util.Optional;

/**
 * A strategy that goes by a short code, wherever a pipegraph names the class of a strategy, and on the command line ({@code millrace submit --model CODE}).
 * Found by {@link java.util.ServiceLoader}; has a public constructor without parameters.
 */
public interface DataProduct {

    /** Returns the code: letters, digits and hyphens, such as {@code wfs}. */
    String code();

    /** Returns what it makes, in a sentence. */
    String description();

    /** Returns the strategy that makes it. */
    Class<? extends Strategy<?>> strategy();

    /** Returns a pipegraph, in HOCON, for who has none of his own; empty where there is none. What a user has to say is left to substitutions. */
    default Optional<URL> pipegraph() {
        return Optional.empty();
    }
}
