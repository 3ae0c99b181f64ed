package io.millrace.internal.spark;

import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns any of which may be null, as Spark's readers take every schema. */
public final class NullableColumns {

    private NullableColumns() {}

    /** Returns the same columns without a NOT NULL, within structs, lists and maps neither. */
    public static StructType of(StructType columns) {
        return new StructType(Stream.of(columns.fields())
                .map(field -> new StructField(field.name(), type(field.dataType()), true, field.metadata()))
                .toArray(StructField[]::new));
    }

    private static DataType type(DataType type) {
        if (type instanceof StructType struct) {
            return of(struct);
        }
        if (type instanceof ArrayType list) {
            return DataTypes.createArrayType(type(list.elementType()), true);
        }
        return type instanceof MapType map
                ? DataTypes.createMapType(type(map.keyType()), type(map.valueType()), true)
                : type;
    }
}
