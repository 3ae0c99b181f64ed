package io.millrace.internal.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The keyword {@code type} of a JSON Schema, or what stands for it. */
final class SchemaTypes {

    private static final List<String> KNOWN =
            List.of("array", "boolean", "integer", "null", "number", "object", "string");

    private SchemaTypes() {}

    /** Returns the types, null among them; empty where they cannot be told, for a reason that is given to {@code problem}. */
    static Optional<List<String>> of(JsonNode schema, Consumer<String> problem) {
        JsonNode type = schema.path("type");
        if (type.isMissingNode()) {
            return unsaid(schema, problem);
        }
        List<String> types = new ArrayList<>();
        if (type.isArray()) {
            type.forEach(each -> types.add(each.asText()));
        } else {
            types.add(type.asText());
        }
        for (String each : types) {
            if (!KNOWN.contains(each)) {
                problem.accept("unknown type \"" + each + "\"; " + Suggestion.among(each, KNOWN));
                return Optional.empty();
            }
        }
        if (types.contains("number")) {
            types.remove("integer"); // which is one, too
        }
        return Optional.of(types);
    }

    private static Optional<List<String>> unsaid(JsonNode schema, Consumer<String> problem) {
        if (schema.has("properties") || schema.path("additionalProperties").isObject()) {
            return Optional.of(List.of("object"));
        }
        if (schema.has("items") || schema.has("prefixItems")) {
            return Optional.of(List.of("array"));
        }
        List<JsonNode> values = new ArrayList<>();
        schema.path("enum").forEach(values::add);
        if (schema.has("const")) {
            values.add(schema.get("const"));
        }
        if (values.stream().anyMatch(JsonNode::isTextual)
                && values.stream().allMatch(value -> value.isTextual() || value.isNull())) {
            return Optional.of(
                    values.stream().allMatch(JsonNode::isTextual) ? List.of("string") : List.of("string", "null"));
        }
        problem.accept("does not say its type; add \"type\"");
        return Optional.empty();
    }
}
