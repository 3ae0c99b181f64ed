package io.millrace.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What a scalar is by the core schema of YAML 1.2. What would not be written the same again stays a text: 007, and True. */
final class YamlScalars {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ScalarResolver resolver = new CoreSchema().getScalarResolver();

    /** Returns the value of a scalar that is written without quotes. */
    JsonNode plain(String text) {
        Tag tag = resolver.resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (text.equals("true") || text.equals("false")) {
            return NODES.booleanNode(text.equals("true"));
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? WrittenNumber.node(text) : NODES.textNode(text);
    }
}
