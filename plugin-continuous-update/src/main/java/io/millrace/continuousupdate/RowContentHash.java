package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.millrace.internal.spark.sql.ColumnNames;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;

/** Tells rows with different contents apart, by a hash of 64 bits. Spark hashes neither maps nor variants, so these are written out first. */
final class RowContentHash {

    private RowContentHash() {}

    static Column hash(StructType type) {
        return xxhash64(Stream.of(type.fields())
                .map(field -> hashable(col(ColumnNames.quoted(field.name())), field.dataType()))
                .toArray(Column[]::new));
    }

    /** Whether values of the type can be compared, as an ordering must be. */
    static boolean comparable(DataType type) {
        if (type instanceof StructType struct) {
            return Stream.of(struct.fields()).allMatch(field -> comparable(field.dataType()));
        }
        if (type instanceof ArrayType array) {
            return comparable(array.elementType());
        }
        return !(type instanceof MapType)
                && !(type instanceof VariantType)
                && !type.equals(DataTypes.CalendarIntervalType);
    }

    private static Column hashable(Column value, DataType type) {
        if (plain(type)) {
            return value;
        }
        if (type instanceof StringType) {
            return value.cast(DataTypes.StringType);
        }
        if (type instanceof StructType struct) {
            Column[] fields = Stream.of(struct.fields())
                    .map(field -> hashable(value.getField(field.name()), field.dataType())
                            .as(field.name()))
                    .toArray(Column[]::new);
            return fields.length == 0 ? value : when(value.isNotNull(), struct(fields));
        }
        if (type instanceof ArrayType array) {
            return transform(value, element -> hashable(element, array.elementType()));
        }
        if (type instanceof MapType map) {
            return transform(
                    array_sort(map_keys(value)),
                    key -> struct(
                            hashable(key, map.keyType()).as("key"),
                            hashable(element_at(value, key), map.valueType()).as("value")));
        }
        return to_json(value);
    }

    /** Whether the hash of the value itself will do. A text with a collation is hashed by it, and different texts may then be one. */
    private static boolean plain(DataType type) {
        if (type instanceof StructType struct) {
            return Stream.of(struct.fields()).allMatch(field -> plain(field.dataType()));
        }
        if (type instanceof ArrayType array) {
            return plain(array.elementType());
        }
        if (type instanceof StringType text) {
            return text.collationId() == ((StringType) DataTypes.StringType).collationId();
        }
        return !(type instanceof MapType) && !(type instanceof VariantType);
    }
}
