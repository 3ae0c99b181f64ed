package io.millrace.spi;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import java.util.Optional;
import java.util.function.Supplier;

/** What a plugin sees when it decodes a model. Nothing here opens a connection or a session. */
public interface PlanContext {

    /** Returns the model's name. */
    String model();

    /** Returns the model's value, to be decoded; what is wrong is noted on it with its position. */
    ConfigSection value();

    /** Returns the whole configuration, for settings under {@code plugin}. */
    ConfigDocument settings();

    /** Returns what is wrong with a Spark SQL expression as far as its syntax tells: a message that shows the place; empty where nothing is. */
    Optional<String> expressionProblem(String expression);

    /** Returns the class loader of the user's classes. */
    ClassLoader classLoader();

    /** Tells the user something that is not an error. */
    void warn(String message);

    /**
     * Loads something that all models of a plan share, once.
     *
     * @param type identifies it
     * @param loader called for the first model that asks; an empty answer (its problems noted) is remembered too
     */
    <T> Optional<T> once(Class<T> type, Supplier<Optional<T>> loader);
}
