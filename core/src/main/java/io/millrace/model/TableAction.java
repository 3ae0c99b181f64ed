package io.millrace.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something done to a table as a whole rather than to its rows: maintenance, or naming its current version.
 *
 * @param name which action, one of those the product's sink knows; not blank
 * @param model the model of the table
 * @param options the action's settings; copied
 */
public record TableAction(String name, String model, ObjectNode options) {

    /** Refuses blanks and copies the options. */
    public TableAction {
        if (name.isBlank() || model.isBlank()) {
            throw new IllegalArgumentException("a table action needs a name and a model");
        }
        options = options.deepCopy();
    }

    /** Returns a copy of the options. */
    @Override
    public ObjectNode options() {
        return options.deepCopy();
    }
}
