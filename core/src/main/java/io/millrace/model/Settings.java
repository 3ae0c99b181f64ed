package io.millrace.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.AllowedWords;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Settings that are said in Java, as they would be written in a configuration. */
final class Settings {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode written = NODES.objectNode();

    /** Writes a setting, in place of what was said of it before; dots lead into objects. */
    void put(String setting, Object value) {
        int dot = setting.lastIndexOf('.');
        object(dot < 0 ? "" : setting.substring(0, dot)).set(setting.substring(dot + 1), node(value));
    }

    /** Writes one entry of a setting that is an object, whose name may have dots. */
    void put(String setting, String entry, Object value) {
        object(setting).set(entry, node(value));
    }

    ObjectNode written() {
        return written.deepCopy();
    }

    private ObjectNode object(String path) {
        ObjectNode object = written;
        for (String part : path.isEmpty() ? new String[0] : path.split("\\.")) {
            object = object.get(part) instanceof ObjectNode known ? known : object.putObject(part);
        }
        return object;
    }

    private static JsonNode node(Object value) {
        if (value instanceof JsonNode written) {
            return written;
        }
        if (value instanceof String || value instanceof Path) {
            return NODES.textNode(value.toString());
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof Number number) {
            return NODES.numberNode(new BigDecimal(number.toString()));
        }
        if (value instanceof Enum<?> word) {
            return NODES.textNode(AllowedWords.kebab(word));
        }
        if (value instanceof Duration duration) {
            return NODES.textNode(duration.toMillis() + "ms");
        }
        if (value instanceof Iterable<?> values) {
            var list = NODES.arrayNode();
            values.forEach(each -> list.add(node(each)));
            return list;
        }
        if (value instanceof Map<?, ?> entries) {
            ObjectNode object = NODES.objectNode();
            entries.forEach((key, each) -> object.set(String.valueOf(key), node(each)));
            return object;
        }
        throw new IllegalArgumentException(
                "a setting is a text, a number, a boolean, a duration, an enum, or a list or map of these, not a "
                        + value.getClass().getName());
    }
}
