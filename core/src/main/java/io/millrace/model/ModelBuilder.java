package io.millrace.model;

/**
 * Says in Java what a model of a product is. Each product has a class of its own that extends it, with a method for each of the product's settings:
 * {@code Files.json("/inbox").schema("id BIGINT")}. A setting that is said twice is what was said last. Not for use by several threads.
 *
 * @param <B> the product's class
 */
public abstract class ModelBuilder<B extends ModelBuilder<B>> {

    private final GenericProduct product;
    private final Settings settings = new Settings();

    /** For a model of the product of that name. */
    protected ModelBuilder(String product) {
        this.product = GenericProduct.of(product);
    }

    /**
     * Says what a setting is.
     *
     * @param setting its name in a configuration, with dots inside objects
     * @param value a text, a path, a number, a boolean, a duration, an enum (written in kebab-case), a list or a map of these, or what they would be in
     *     JSON
     */
    protected B set(String setting, Object value) {
        settings.put(setting, value);
        return self();
    }

    /**
     * Says what one entry is of a setting that is an object of the user's own names.
     *
     * @param entry its name, which may have dots
     */
    protected B set(String setting, String entry, Object value) {
        settings.put(setting, entry, value);
        return self();
    }

    /**
     * Makes the model as it is said so far.
     *
     * @param name how ETLs refer to it
     */
    public final GenericModel as(String name) {
        return new GenericModel(name, settings.written(), product);
    }

    /** Leaves the settings out: they may hold a secret. */
    @Override
    public final String toString() {
        return "a model of product " + product;
    }

    @SuppressWarnings("unchecked") // a product's class names itself
    private B self() {
        return (B) this;
    }
}
