package io.millrace.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns resolved HOCON values into a tree, keys in the order in which they are written as far as the values know it; and a tree into values. */
final class ConfigTree {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Comparator<Location> AS_WRITTEN =
            Comparator.comparing(Location::line).thenComparing(Location::column);

    private final SourceMap places;

    private ConfigTree(SourceMap places) {
        this.places = places;
    }

    /** Turns the root object into a tree. */
    static ObjectNode of(ConfigObject root, SourceMap places) {
        return new ConfigTree(places).tree("", root);
    }

    /** Turns a tree into the values that Typesafe Config has of it. */
    static Config config(ObjectNode tree) {
        return ((ConfigObject) ConfigValueFactory.fromAnyRef(plain(tree))).toConfig();
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            node.properties().forEach(field -> values.put(field.getKey(), plain(field.getValue())));
            return values;
        }
        if (node.isArray()) {
            List<@Nullable Object> values = new ArrayList<>();
            node.forEach(element -> values.add(plain(element)));
            return values;
        }
        if (node.isNull()) {
            return null;
        }
        if (node.isInt() || node.isLong() || node.isDouble()) {
            return node.numberValue(); // others would lose their text; Typesafe Config finds the number in it
        }
        return node.isBoolean() ? (Object) node.booleanValue() : node.asText();
    }

    private ObjectNode tree(String path, ConfigObject object) {
        ObjectNode tree = NODES.objectNode();
        List<String> keys =
                new ArrayList<>(object.keySet()); // its entries would be hashed, with all that is below them
        keys.sort(Comparator.comparing((String key) -> place(path, key, object), AS_WRITTEN)
                .thenComparing(Comparator.naturalOrder()));
        keys.forEach(key -> tree.set(key, node(ConfigPath.child(path, key), value(object, key))));
        return tree;
    }

    private static ConfigValue value(ConfigObject object, String key) {
        return Objects.requireNonNull(object.get(key), key);
    }

    private JsonNode node(String path, ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT -> tree(path, (ConfigObject) value);
            case LIST -> {
                ArrayNode list = NODES.arrayNode();
                ((ConfigList) value).forEach(element -> list.add(node(ConfigPath.element(path, list.size()), element)));
                yield list;
            }
            case NULL -> NODES.nullNode();
            case BOOLEAN -> NODES.booleanNode((Boolean) value.unwrapped());
            case STRING -> NODES.textNode((String) value.unwrapped());
            case NUMBER -> WrittenNumber.node(text(value));
        };
    }

    /** Only a getter of Typesafe Config's gives a number as it is written. */
    private static String text(ConfigValue number) {
        return number.atKey("number").getString("number");
    }

    private Location place(String path, String key, ConfigObject object) {
        return places.at(ConfigPath.child(path, key))
                .orElseGet(() -> new Location("", value(object, key).origin().lineNumber(), 0));
    }
}
