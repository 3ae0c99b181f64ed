package io.millrace.product;

import io.millrace.model.ModelBuilder;

/**
 * A model of any product, such as one of your own that has no class like {@link Files} yet.
 *
 * <pre>{@code
 * OtherProduct.named("database").set("url", "jdbc:h2:./shop").set("table", "watch_list")
 * }</pre>
 */
public final class OtherProduct extends ModelBuilder<OtherProduct> {

    private OtherProduct(String product) {
        super(product);
    }

    /** A model of the product of that name, as a configuration names it. */
    public static OtherProduct named(String product) {
        return new OtherProduct(product);
    }

    @Override
    public OtherProduct set(String setting, Object value) {
        return super.set(setting, value);
    }

    @Override
    public OtherProduct set(String setting, String entry, Object value) {
        return super.set(setting, entry, value);
    }
}
