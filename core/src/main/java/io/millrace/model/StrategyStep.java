package io.millrace.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A transformation in Java.
 *
 * @param name the view it makes; not blank
 * @param className the full name of a class that implements Strategy or StreamingStrategy
 * @param configuration what the class's configuration record is decoded from; copied
 */
public record StrategyStep(String name, String className, ObjectNode configuration) implements Step {

    /** Refuses blanks and copies the configuration. */
    public StrategyStep {
        if (name.isBlank() || className.isBlank()) {
            throw new IllegalArgumentException("a strategy step needs a name and a class");
        }
        configuration = configuration.deepCopy();
    }

    /** Returns a copy of the configuration. */
    @Override
    public ObjectNode configuration() {
        return configuration.deepCopy();
    }
}
