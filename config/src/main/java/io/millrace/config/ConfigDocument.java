package io.millrace.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;

/**
 * A configuration that was read: substitutions resolved, includes taken in.
 *
 * @param tree the values; belongs to the document, not to be changed
 * @param sources where each path is written
 * @param config the same values as Typesafe Config, for classes of the user's that take one
 */
public record ConfigDocument(ObjectNode tree, SourceMap sources, Config config) {

    /** A document of values that were read by somebody else; positions are taken from their origins as far as these know them. */
    public static ConfigDocument of(Config config) {
        String name = config.origin().description();
        return BoundedReading.read(name, () -> of(name, config));
    }

    private static ConfigDocument of(String name, Config config) {
        Config resolved = config.resolve();
        HoconExpandedSize.check(name, resolved.root());
        Positions positions = new Positions();
        positions.collect(config.root());
        positions.collect(resolved.root());
        SourceMap sources = positions.sourceMap();
        return new ConfigDocument(ConfigTree.of(resolved.root(), sources), sources, resolved);
    }

    /** A document of values that were read or made by somebody else, who knows where they are written. */
    public static ConfigDocument of(ObjectNode tree, SourceMap sources) {
        return new ConfigDocument(tree, sources, ConfigTree.config(tree));
    }

    /** Starts decoding at the root; what is wrong is collected in {@code problems}. */
    public ConfigSection root(Problems problems) {
        return ConfigSection.root(tree, sources, problems);
    }
}
