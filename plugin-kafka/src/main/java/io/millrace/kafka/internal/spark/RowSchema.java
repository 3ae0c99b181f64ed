package io.millrace.kafka.internal.spark;

import io.millrace.config.MillraceException;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.spark.sql.avro.SchemaConverters;
import org.apache.spark.sql.types.StructType;

/** Makes Avro schemas of rows. */
public final class RowSchema {

    private RowSchema() {}

    /**
     * Returns the schema of rows, as a record of this name. Every column may be null and is null by default: then those who know the schema with
     * a column can read what was written without it, which registries ask of a new version. (Whether Spark takes a column for one that is never null
     * changes with the query that makes it.)
     *
     * @param name with its namespace before it, where it has one
     * @throws MillraceException of kind USER where Avro has no type for a column, or a column's name is none in Avro
     */
    public static Schema of(StructType type, String name) {
        int dot = name.lastIndexOf('.');
        try {
            return withDefaults(SchemaConverters.toAvroType(
                    type.asNullable(), false, name.substring(dot + 1), dot < 0 ? "" : name.substring(0, dot)));
        } catch (Exception unsupported) { // Spark throws checked exceptions without declaring them
            throw MillraceException.user(
                    "the rows cannot be written as Avro: " + unsupported.getMessage(), unsupported);
        }
    }

    private static Schema withDefaults(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ARRAY -> Schema.createArray(withDefaults(schema.getElementType()));
            case MAP -> Schema.createMap(withDefaults(schema.getValueType()));
            case UNION -> optional(schema);
            default -> schema;
        };
    }

    private static Schema record(Schema schema) {
        List<Schema.Field> fields = schema.getFields().stream()
                .map(field -> {
                    Schema type = withDefaults(field.schema());
                    return type.isNullable()
                            ? new Schema.Field(field.name(), type, field.doc(), JsonProperties.NULL_VALUE)
                            : new Schema.Field(field.name(), type, field.doc());
                })
                .toList();
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    /** A default is of the first type of a union. */
    private static Schema optional(Schema union) {
        List<Schema> types = union.getTypes().stream()
                .sorted((one, other) ->
                        Boolean.compare(other.getType() == Schema.Type.NULL, one.getType() == Schema.Type.NULL))
                .map(RowSchema::withDefaults)
                .toList();
        return Schema.createUnion(types);
    }
}
