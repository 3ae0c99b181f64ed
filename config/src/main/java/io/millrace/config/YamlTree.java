package io.millrace.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.YamlNode.Mapping;
import io.millrace.config.YamlNode.Scalar;
import io.millrace.config.YamlNode.Sequence;
import java.util.HashMap;
import java.util.Map;

/** Writes a document out: aliases become what they stand for, placed where their anchor's value is written. */
final class YamlTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, Location> places = new HashMap<>();

    private YamlTree() {}

    static ConfigDocument document(Mapping root) {
        YamlTree tree = new YamlTree();
        tree.places.put("", root.place());
        ObjectNode values = tree.object("", root);
        return ConfigDocument.of(values, new SourceMap(tree.places));
    }

    private ObjectNode object(String path, Mapping mapping) {
        ObjectNode object = NODES.objectNode();
        mapping.entries().forEach((key, entry) -> {
            String at = ConfigPath.child(path, key);
            places.put(at, entry.place());
            object.set(key, node(at, entry.value()));
        });
        return object;
    }

    private JsonNode node(String path, YamlNode node) {
        if (node instanceof Scalar scalar) {
            return scalar.value();
        }
        if (node instanceof Mapping mapping) {
            return object(path, mapping);
        }
        ArrayNode list = NODES.arrayNode();
        for (YamlNode element : ((Sequence) node).elements()) {
            String at = ConfigPath.element(path, list.size());
            places.put(at, element.place());
            list.add(node(at, element));
        }
        return list;
    }
}
