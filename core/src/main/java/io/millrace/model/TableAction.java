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

    /** Starts an action of that name on the table of a model. */
    public static Builder named(String name, String model) {
        return new Builder(name, model);
    }

    /** Returns a copy of the options. */
    @Override
    public ObjectNode options() {
        return options.deepCopy();
    }

    /** Builds an action. Not for use by several threads. */
    public static final class Builder {

        private final String name;
        private final String model;
        private final Settings options = new Settings();

        private Builder(String name, String model) {
            this.name = name;
            this.model = model;
        }

        /**
         * Says what one of the action's settings is.
         *
         * @param option its name in a configuration
         * @param value a text, a number, a boolean, a duration, an enum (written in kebab-case), or a list or a map of these
         */
        public Builder option(String option, Object value) {
            options.put(option, value);
            return this;
        }

        /** Makes the action. */
        public TableAction build() {
            return new TableAction(name, model, options.written());
        }
    }
}
