package io.millrace.internal.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a JSON Schema describes: its types, and which fields must be there. What else it says of values (patterns, ranges, lists of what
 * is allowed) is not looked at.
 */
final class JsonSchema {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonSchema() {}

    /** Returns the columns; empty where they cannot be told, for reasons that are all given to {@code problems}. */
    static Optional<StructType> columns(String text, Consumer<String> problems) {
        JsonNode root = parsed(text, problems);
        if (!root.isObject()) {
            return Optional.empty();
        }
        Optional<DataType> type = new SchemaColumns(root, problems).type();
        if (type.isPresent() && !(type.get() instanceof StructType)) {
            problems.accept(
                    "describes " + type.get().sql() + ", not an object with properties, which become the columns");
            return Optional.empty();
        }
        return type.map(StructType.class::cast);
    }

    private static JsonNode parsed(String text, Consumer<String> problems) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            JsonNode root = MAPPER.readTree(parser);
            if (root == null || !root.isObject() || parser.nextToken() != null) {
                problems.accept("is not a JSON Schema, which is one object and nothing else");
                return MissingNode.getInstance();
            }
            return root;
        } catch (JsonProcessingException wrong) {
            problems.accept(NotJson.wordsWithLine(wrong));
            return MissingNode.getInstance();
        } catch (IOException impossible) {
            throw new IllegalStateException("a text in memory cannot fail to be read", impossible);
        }
    }
}
