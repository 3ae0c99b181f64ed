package io.millrace.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Somewhere data comes from or goes to: a value that the product's plugin understands.
 *
 * @param name how ETLs refer to it; not blank
 * @param value the plugin's settings; copied
 * @param product selects the plugin
 */
public record GenericModel(String name, ObjectNode value, GenericProduct product) {

    /** Refuses a blank name and copies the value. */
    public GenericModel {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a model must not be blank");
        }
        value = value.deepCopy();
    }

    /** Returns a copy of the value. */
    @Override
    public ObjectNode value() {
        return value.deepCopy();
    }

    /** Leaves the value out: it may hold a secret. */
    @Override
    public String toString() {
        return "GenericModel[" + name + ", " + product + "]";
    }
}
