package io.millrace.plan;

import io.millrace.config.MillraceException;
import io.millrace.config.Suggestion;
import io.millrace.spi.DataProduct;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The data products on the class path, by their codes. Immutable and thread-safe. */
public final class DataProducts {

    private final Map<String, DataProduct> byCode = new TreeMap<>();

    private DataProducts(ClassLoader classLoader) {
        try {
            for (DataProduct product : ServiceLoader.load(DataProduct.class, classLoader)) {
                DataProduct other = byCode.putIfAbsent(product.code(), product);
                if (other != null) {
                    throw MillraceException.plugin(
                            "two data products have the code \"" + product.code() + "\": "
                                    + other.getClass().getName() + " and "
                                    + product.getClass().getName()
                                    + "; remove one from the class path",
                            null);
                }
            }
        } catch (ServiceConfigurationError broken) {
            throw MillraceException.plugin("a data product cannot be loaded: " + broken.getMessage(), broken);
        }
    }

    /**
     * Finds the data products that a class loader sees.
     *
     * @throws MillraceException of kind PLUGIN where one is registered but cannot be created, or two have one code
     */
    public static DataProducts of(ClassLoader classLoader) {
        return new DataProducts(classLoader);
    }

    /** Returns the data product of a code, or of the name of its strategy's class. */
    public Optional<DataProduct> find(String codeOrClass) {
        return Optional.ofNullable(byCode.get(codeOrClass)).or(() -> byCode.values().stream()
                .filter(product -> product.strategy().getName().equals(codeOrClass))
                .findFirst());
    }

    /** Says which codes there are, the nearest one first. */
    public String suggestion(String code) {
        return byCode.isEmpty() ? "none is on the class path" : Suggestion.among(code, byCode.keySet());
    }
}
