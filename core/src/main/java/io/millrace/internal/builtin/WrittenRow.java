package io.millrace.internal.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.WrittenNumber;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A row of the configuration as JSON of its columns' types: there a text has quotes and a number has none, while in the configuration both may be written
 * either way. What fits no type stays as it is written, for Spark to refuse.
 */
final class WrittenRow {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private WrittenRow() {}

    static JsonNode of(JsonNode written, DataType type) {
        if (written instanceof ObjectNode object && type instanceof StructType struct) {
            return struct(object, struct);
        }
        if (written instanceof ObjectNode object && type instanceof MapType map) {
            ObjectNode values = NODES.objectNode();
            object.properties().forEach(each -> values.set(each.getKey(), of(each.getValue(), map.valueType())));
            return values;
        }
        if (written instanceof ArrayNode list && type instanceof ArrayType array) {
            ArrayNode values = NODES.arrayNode();
            list.forEach(each -> values.add(of(each, array.elementType())));
            return values;
        }
        if (type instanceof StringType && (written.isNumber() || written.isBoolean())) {
            return NODES.textNode(written.asText());
        }
        return type instanceof NumericType ? number(written, type) : written;
    }

    private static ObjectNode struct(ObjectNode object, StructType type) {
        ObjectNode values = object.deepCopy();
        for (StructField field : type.fields()) {
            Optional.ofNullable(object.get(field.name()))
                    .ifPresent(value -> values.set(field.name(), of(value, field.dataType())));
        }
        return values;
    }

    private static JsonNode number(JsonNode written, DataType type) {
        boolean whole = type instanceof LongType
                || type instanceof IntegerType
                || type instanceof ShortType
                || type instanceof ByteType;
        Optional<JsonNode> number = whole
                ? WrittenNumber.whole(written).map(NODES::numberNode)
                : WrittenNumber.decimal(written).map(DecimalNode::valueOf);
        return number.orElse(written);
    }
}
