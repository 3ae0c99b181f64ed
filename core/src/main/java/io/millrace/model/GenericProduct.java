package io.millrace.model;

/**
 * Selects the plugin of a model.
 *
 * @param name the product's name, such as {@code parallelWrite}, {@code files} or {@code kafka}; not blank
 */
public record GenericProduct(String name) {

    /** Refuses a blank name. */
    public GenericProduct {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a product must not be blank");
        }
    }

    /** Returns the product of that name. */
    public static GenericProduct of(String name) {
        return new GenericProduct(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
