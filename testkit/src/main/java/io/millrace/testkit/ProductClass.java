package io.millrace.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.ModelBuilder;
import io.millrace.spi.OptionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class that says in Java what a model of a product is, compared with what the product's plugin describes. Every public method of it is called,
 * and so are those of the classes that its methods take.
 *
 * <pre>{@code
 * assertThat(ProductClass.of(Files.class).differences(new FilesPlugin().options())).isEmpty();
 * }</pre>
 */
public final class ProductClass {

    private final Class<? extends ModelBuilder<?>> type;

    private ProductClass(Class<? extends ModelBuilder<?>> type) {
        this.type = type;
    }

    /** The class of a product. */
    public static ProductClass of(Class<? extends ModelBuilder<?>> type) {
        return new ProductClass(type);
    }

    /** Returns how it differs: options for which it has no method, words of an option that no method writes, and settings that are no options. */
    public List<String> differences(List<OptionDescription> options) {
        Set<String> names = options.stream().map(OptionDescription::name).collect(Collectors.toSet());
        Map<String, Set<String>> written = new TreeMap<>();
        for (Object model : ProductMethodCalls.of(type)) {
            collect("", ((ModelBuilder<?>) model).as("model").value(), names, written);
        }
        List<String> differences = new ArrayList<>();
        for (OptionDescription option : options) {
            Set<String> values = written.remove(option.name());
            if (values == null) {
                differences.add("no method for " + option.name());
            } else {
                Set<String> missing = new TreeSet<>(words(option));
                missing.removeAll(values);
                missing.remove(option.standard());
                missing.forEach(word -> differences.add("no method for " + option.name() + " = " + word));
            }
        }
        written.keySet().forEach(setting -> differences.add("no option is named " + setting));
        return differences;
    }

    private static List<String> words(OptionDescription option) {
        return option.type().contains(" | ")
                ? Stream.of(option.type().split(" \\| "))
                        .filter(word -> word.matches("[a-z-]+"))
                        .toList()
                : List.of();
    }

    private static void collect(String path, JsonNode value, Set<String> names, Map<String, Set<String>> into) {
        if (value.isObject() && !names.contains(path)) {
            value.properties()
                    .forEach(each -> collect(
                            path.isEmpty() ? each.getKey() : path + "." + each.getKey(), each.getValue(), names, into));
        } else {
            into.computeIfAbsent(path, absent -> new TreeSet<>()).add(value.asText());
        }
    }
}
