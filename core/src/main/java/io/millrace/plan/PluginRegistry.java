package io.millrace.plan;

import io.millrace.config.AllowedWords;
import io.millrace.config.MillraceException;
import io.millrace.config.Suggestion;
import io.millrace.spi.ModelPlugin;
import io.millrace.spi.SinkPlugin;
import io.millrace.spi.SourcePlugin;
import io.millrace.spi.TablePlugin;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The plugins on the class path, by product. The one place that looks for those of products. Immutable and thread-safe. */
public final class PluginRegistry {

    /** Products whose plugin is a jar of its own, so that a missing one can be named. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "parallelWrite", "io.millrace:millrace-plugin-parallel-write",
            "kafka", "io.millrace:millrace-plugin-kafka",
            "iceberg", "io.millrace:millrace-plugin-iceberg");

    private final Map<String, SourcePlugin> sources;
    private final Map<String, SinkPlugin> sinks;
    private final List<TablePlugin> tables;
    private final ClassLoader classLoader;

    private PluginRegistry(ClassLoader classLoader) {
        this.classLoader = classLoader;
        this.sources = byProduct(load(SourcePlugin.class, classLoader));
        this.sinks = byProduct(load(SinkPlugin.class, classLoader));
        this.tables = load(TablePlugin.class, classLoader);
    }

    /**
     * Finds the plugins that a class loader sees.
     *
     * @throws MillraceException of kind PLUGIN where a plugin is registered but cannot be created
     */
    public static PluginRegistry of(ClassLoader classLoader) {
        return new PluginRegistry(classLoader);
    }

    /** Finds the plugins that this thread's context class loader sees. */
    public static PluginRegistry ofClassPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return of(context == null ? PluginRegistry.class.getClassLoader() : context);
    }

    /** Returns the source plugin of a product. */
    public Optional<SourcePlugin> source(String product) {
        return new AllowedWords<>(sources).find(product);
    }

    /** Returns the sink plugin of a product. */
    public Optional<SinkPlugin> sink(String product) {
        return new AllowedWords<>(sinks).find(product);
    }

    /** Returns the plugins that bring tables of their own. */
    public List<TablePlugin> tables() {
        return tables;
    }

    /** Returns every plugin by product, sorted; for a product that reads and writes, the plugin that reads. */
    public Map<String, ModelPlugin> products() {
        Map<String, ModelPlugin> all = new TreeMap<>(sinks);
        all.putAll(sources);
        return all;
    }

    /** Returns the class loader the plugins come from. */
    public ClassLoader classLoader() {
        return classLoader;
    }

    /** Says why a product cannot be read or written, and what to do. */
    String missing(String product, Collection<String> able, String verb) {
        if (new AllowedWords<>(products()).find(product).isPresent()) {
            return "product \"" + product + "\" cannot be " + verb + "; products that can: "
                    + String.join(", ", able.stream().sorted().toList());
        }
        Optional<String> artifact = new AllowedWords<>(ARTIFACTS).find(product);
        if (artifact.isPresent()) {
            return "the plugin of product \"" + product + "\" is not on the class path; add the dependency "
                    + artifact.get();
        }
        Optional<String> guess = ProductGuesses.answer(product);
        if (guess.isPresent()) {
            return "unknown product \"" + product + "\"; " + guess.get();
        }
        return "unknown product \"" + product + "\"; " + Suggestion.among(product, able)
                + "; a product of your own needs its plugin's jar on the class path";
    }

    /** Says that a product is none that is known here, and what to write. */
    public String unknown(String product) {
        return missing(product, products().keySet(), "used");
    }

    /** Says why a product cannot be read. */
    String noSource(String product) {
        return missing(product, sources.keySet(), "read");
    }

    /** Says why a product cannot be written. */
    String noSink(String product) {
        return missing(product, sinks.keySet(), "written");
    }

    private static <T> List<T> load(Class<T> type, ClassLoader classLoader) {
        try {
            return ServiceLoader.load(type, classLoader).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
        } catch (ServiceConfigurationError broken) {
            throw MillraceException.plugin("a plugin cannot be loaded: " + broken.getMessage(), broken);
        }
    }

    private static <P extends ModelPlugin> Map<String, P> byProduct(List<P> plugins) {
        Map<String, P> byProduct = new LinkedHashMap<>();
        for (P plugin : plugins) {
            P other = byProduct.putIfAbsent(plugin.product(), plugin);
            if (other != null) {
                throw MillraceException.plugin(
                        "two plugins for product \"" + plugin.product() + "\": "
                                + other.getClass().getName() + " and "
                                + plugin.getClass().getName()
                                + "; remove one from the class path",
                        null);
            }
        }
        return byProduct;
    }
}
