package io.millrace.cli.internal.products;

import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.DataProducts;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedStep;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.spi.DataProduct;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which pipegraph makes a data product.
 *
 * @param model the code of the data product, or the class of its strategy
 * @param config the file of the pipegraph; null for that of the data product itself
 * @param set values that are set over it
 */
record ProductPlan(String model, @Nullable Path config, Map<String, String> set) {

    ProductPlan {
        set = Map.copyOf(set);
    }

    /**
     * Plans it.
     *
     * @throws MillraceException of kind USER where there is no such data product, it has no pipegraph, or the pipegraph does not make it
     */
    PipegraphPlan plan() {
        PluginRegistry plugins = PluginRegistry.ofClassPath();
        DataProducts products = DataProducts.of(plugins.classLoader());
        Optional<DataProduct> product = products.find(model);
        if (product.isEmpty() && (config == null || !model.contains("."))) {
            throw MillraceException.user(
                    "--model " + model + ": no data product has this code; " + products.suggestion(model)
                            + ". A data product is registered on the class path (MILLRACE_CLASSPATH), or is the class of a strategy"
                            + " that the pipegraph of --config names");
        }
        PipegraphPlan plan = new Planner(plugins).plan(PipegraphLoader.load(document(product)));
        String strategy = product.map(known -> known.strategy().getName()).orElse(model);
        if (plan.etls().stream().flatMap(etl -> etl.steps().stream()).noneMatch(step -> isOf(strategy, step))) {
            throw MillraceException.user(
                    name() + ": pipegraph " + plan.pipegraph().name() + " does not make " + model
                            + ": none of its steps has strategy = " + model);
        }
        return plan;
    }

    private static boolean isOf(String strategy, PlannedStep step) {
        return step instanceof PlannedStep.Java<?> java
                && java.strategy().getClass().getName().equals(strategy);
    }

    private String name() {
        return config == null ? "the pipegraph of " + model : config.toString();
    }

    private ConfigDocument document(Optional<DataProduct> product) {
        if (config != null) {
            return HoconReader.read(config, set);
        }
        URL standard = product.flatMap(DataProduct::pipegraph)
                .orElseThrow(() -> MillraceException.user(
                        "data product " + model + " has no pipegraph of its own; name the file of one: --config FILE"));
        try (InputStream text = standard.openStream()) {
            return HoconReader.parse(model + ".conf", new String(text.readAllBytes(), StandardCharsets.UTF_8), set);
        } catch (IOException unreadable) {
            throw MillraceException.plugin(
                    "the pipegraph of data product " + model + " cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }
}
