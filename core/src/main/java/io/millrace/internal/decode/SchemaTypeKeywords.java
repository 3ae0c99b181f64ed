package io.millrace.internal.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** The ways in which a JSON Schema says of which type a value is. */
final class SchemaTypeKeywords {

    private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");

    private SchemaTypeKeywords() {}

    /** Returns the keywords by which a schema says a type; lists of schemas that only restrict values are none of them. */
    static List<String> of(JsonNode schema) {
        Stream<String> lists = LISTS.stream().filter(list -> anyDescribes(schema.path(list)));
        return Stream.concat(Stream.of("$ref", "properties", "items").filter(schema::has), lists)
                .toList();
    }

    /** Returns whether a keyword holds a list of schemas. */
    static boolean isListOfSchemas(String keyword) {
        return LISTS.contains(keyword);
    }

    /** Returns whether a schema says a type at all. */
    static boolean describes(JsonNode schema) {
        return !of(schema).isEmpty()
                || Stream.of("type", "enum", "const", "additionalProperties").anyMatch(schema::has);
    }

    private static boolean anyDescribes(JsonNode schemas) {
        for (JsonNode schema : schemas) {
            if (describes(schema)) {
                return true;
            }
        }
        return false;
    }
}
