package io.millrace.model;

/**
 * A transformation by an object of the user's program.
 *
 * @param name the view it makes; not blank
 * @param strategy a Strategy or a StreamingStrategy
 * @param configuration what it is configured with
 */
public record InstanceStep<C extends Record>(String name, Configured<C> strategy, C configuration) implements Step {

    /** Refuses a blank name. */
    public InstanceStep {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a strategy step needs a name");
        }
    }
}
