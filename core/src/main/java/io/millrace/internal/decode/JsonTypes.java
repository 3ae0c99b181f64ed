package io.millrace.internal.decode;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VarcharType;

/** The types that Spark does not read from JSON. */
final class JsonTypes {

    private JsonTypes() {}

    /** Returns what is wrong with a type; empty where it can be read. */
    static Optional<String> problem(DataType type) {
        if (type instanceof CharType || type instanceof VarcharType) {
            return Optional.of("has the type " + type.sql() + ", which is not read from JSON; write STRING");
        }
        if (type instanceof MapType map && !map.keyType().equals(DataTypes.StringType)) {
            return Optional.of("has a MAP whose keys are " + map.keyType().sql()
                    + ", but names in JSON are texts; write MAP<STRING, "
                    + map.valueType().sql() + ">");
        }
        return inside(type).map(JsonTypes::problem).flatMap(Optional::stream).findFirst();
    }

    private static Stream<DataType> inside(DataType type) {
        if (type instanceof StructType struct) {
            return Stream.of(struct.fields()).map(StructField::dataType);
        }
        if (type instanceof ArrayType array) {
            return Stream.of(array.elementType());
        }
        return type instanceof MapType map ? Stream.of(map.valueType()) : Stream.empty();
    }
}
