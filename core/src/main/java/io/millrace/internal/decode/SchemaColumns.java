package io.millrace.internal.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A walk through a JSON Schema, which makes types of its parts, and says at once what is wrong with any of them. */
final class SchemaColumns {

    private static final String AS_TEXT = "\"type\": \"string\" keeps any value as text";

    private final JsonNode root;
    private final JsonSchemaReferences references;
    private final Consumer<String> problems;
    private final Deque<String> open = new ArrayDeque<>();

    /** The type of a value, and whether it may be null. */
    private record Typed(DataType type, boolean nullable) {}

    SchemaColumns(JsonNode root, Consumer<String> problems) {
        this.root = root;
        this.references = new JsonSchemaReferences(root);
        this.problems = problems;
    }

    /** Returns the type of the whole; empty where it cannot be told. */
    Optional<DataType> type() {
        return typed(root, "").map(Typed::type);
    }

    private Optional<Typed> typed(JsonNode schema, String at) {
        if (!schema.isObject()) {
            return wrong(at, "is no schema that says a type; write an object such as { \"type\": \"string\" }");
        }
        List<String> ways = SchemaTypeKeywords.of(schema);
        if (ways.size() > 1) {
            return wrong(
                    at,
                    "says its type by " + String.join(" and ", ways)
                            + "; a column has one type: put all of it in one of them");
        }
        if (ways.equals(List.of("$ref"))) {
            return referenced(schema.get("$ref").asText(), at);
        }
        if (ways.isEmpty() || !SchemaTypeKeywords.isListOfSchemas(ways.get(0))) {
            return ofType(schema, at);
        }
        return alternatives(schema.get(ways.get(0)), at, ways.get(0));
    }

    private Optional<Typed> referenced(String reference, String at) {
        Optional<String> target = references.pointer(reference);
        if (target.isEmpty()) {
            return wrong(
                    at,
                    "refers to " + reference
                            + ", which is not in this schema; copy it below \"$defs\", and refer to \"#/$defs/NAME\"");
        }
        Optional<JsonNode> found = references.find(target.get());
        if (found.isEmpty()) {
            return wrong(at, "refers to " + reference + ", which is not there; " + references.suggestion(reference));
        }
        if (open.contains(target.get())) {
            return wrong(at, "refers to " + reference + " within itself; columns have an end: " + AS_TEXT);
        }
        open.push(target.get());
        Optional<Typed> typed = typed(found.get(), target.get());
        open.pop();
        return typed;
    }

    /** One type beside null may be written as a list of schemas; several may not, unless they become the same column. */
    private Optional<Typed> alternatives(JsonNode schemas, String at, String way) {
        boolean nullable = false;
        Set<DataType> types = new HashSet<>();
        for (int i = 0; i < schemas.size(); i++) {
            if (schemas.get(i).path("type").asText().equals("null")) {
                nullable = true;
            } else {
                Optional<Typed> typed = typed(schemas.get(i), at + "/" + way + "/" + i);
                if (typed.isEmpty()) {
                    return Optional.empty();
                }
                types.add(typed.get().type());
                nullable |= typed.get().nullable();
            }
        }
        return types.size() == 1
                ? Optional.of(new Typed(types.iterator().next(), nullable))
                : wrong(at, "has several schemas in " + way + "; a column has one type: write one, or " + AS_TEXT);
    }

    private Optional<Typed> ofType(JsonNode schema, String at) {
        Optional<List<String>> types = SchemaTypes.of(schema, problem -> wrong(at, problem));
        if (types.isEmpty()) {
            return Optional.empty();
        }
        List<String> values =
                types.get().stream().filter(type -> !type.equals("null")).toList();
        if (values.isEmpty()) {
            return wrong(at, "is always null; leave it out, or say what else it may be");
        }
        if (values.size() > 1) {
            return wrong(
                    at, "may be " + String.join(" or ", values) + "; a column has one type: write one, or " + AS_TEXT);
        }
        boolean nullable = types.get().contains("null");
        return (switch (values.get(0)) {
                    case "boolean" -> Optional.of(DataTypes.BooleanType);
                    case "integer" -> Optional.of(DataTypes.LongType);
                    case "number" -> Optional.of(DataTypes.DoubleType);
                    case "array" -> array(schema, at);
                    case "object" -> schema.has("properties") ? struct(schema, at) : map(schema, at);
                    default -> Optional.of(text(schema));
                })
                .map(type -> new Typed(type, nullable));
    }

    private static DataType text(JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "date" -> DataTypes.DateType;
            case "date-time" -> DataTypes.TimestampType;
            default -> DataTypes.StringType;
        };
    }

    private Optional<DataType> array(JsonNode schema, String at) {
        if (schema.has("prefixItems") || schema.path("items").isArray()) {
            return wrong(
                    at, "has a schema for each position; the elements of a column have one: write it as \"items\"");
        }
        if (!schema.has("items")) {
            return wrong(at, "does not say what its elements are; write \"items\"");
        }
        return typed(schema.get("items"), at + "/items").map(element -> DataTypes.createArrayType(element.type()));
    }

    private Optional<DataType> map(JsonNode schema, String at) {
        JsonNode values = schema.path("additionalProperties");
        if (!values.isObject()) {
            return wrong(
                    at,
                    "does not say what its properties are; write \"properties\", or \"additionalProperties\" with the schema of all of them; or "
                            + AS_TEXT);
        }
        return typed(values, at + "/additionalProperties")
                .map(value -> DataTypes.createMapType(DataTypes.StringType, value.type()));
    }

    private Optional<DataType> struct(JsonNode schema, String at) {
        if (SchemaTypeKeywords.describes(schema.path("additionalProperties"))) {
            return wrong(
                    at,
                    "has both properties and a schema in additionalProperties; leave that out, and such fields are left out of the columns");
        }
        Set<String> required = required(schema, at);
        Set<String> names = new HashSet<>();
        StructType struct = new StructType();
        boolean whole = true;
        for (Map.Entry<String, JsonNode> property : schema.get("properties").properties()) {
            String name = property.getKey();
            String there = at + "/properties/" + name.replace("~", "~0").replace("/", "~1");
            Optional<Typed> typed = names.add(name.toLowerCase(Locale.ROOT))
                    ? typed(property.getValue(), there)
                    : wrong(there, "is there in two cases, which SQL does not tell apart; leave one out");
            whole &= typed.isPresent();
            if (typed.isPresent()) {
                struct = struct.add(name, typed.get().type(), typed.get().nullable() || !required.contains(name));
            }
        }
        for (String name : required) {
            if (!schema.get("properties").has(name)) {
                whole = false;
                wrong(at, "requires " + name + ", which is not among its properties; add it there");
            }
        }
        if (struct.isEmpty() && whole) {
            return wrong(at, "has no properties; list some, or " + AS_TEXT);
        }
        return whole ? Optional.of(struct) : Optional.empty();
    }

    private Set<String> required(JsonNode schema, String at) {
        JsonNode required = schema.path("required");
        List<String> names = new ArrayList<>();
        required.forEach(name -> names.add(name.asText()));
        if (!required.isMissingNode() && (!required.isArray() || names.stream().anyMatch(String::isEmpty))) {
            wrong(at + "/required", "must be a list of names");
            return Set.of();
        }
        return Set.copyOf(names);
    }

    private <T> Optional<T> wrong(String at, String message) {
        problems.accept(at.isEmpty() ? message : "at " + at + ": " + message);
        return Optional.empty();
    }
}
