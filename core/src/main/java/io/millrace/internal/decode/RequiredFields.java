package io.millrace.internal.decode;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.forall;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_values;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Fields that are NOT NULL: Spark's {@code from_json} leaves them null where they are missing. */
final class RequiredFields {

    private RequiredFields() {}

    /** Returns whether a field of a record is there as it must be, and the fields inside it; empty where nothing must. */
    static Optional<Column> present(StructField field, Column value) {
        Optional<Column> inside = inside(field.dataType(), value);
        return field.nullable()
                ? inside
                : Optional.of(inside.map(value.isNotNull()::and).orElse(value.isNotNull()));
    }

    /** What is null has no fields to miss. */
    private static Optional<Column> inside(DataType type, Column value) {
        if (type instanceof StructType struct) {
            return Stream.of(struct.fields())
                    .flatMap(field -> present(field, value.getField(field.name())).stream())
                    .reduce(Column::and)
                    .map(value.isNull()::or);
        }
        if (type instanceof ArrayType array) {
            return each(array.elementType(), value);
        }
        return type instanceof MapType map ? each(map.valueType(), map_values(value)) : Optional.empty();
    }

    private static Optional<Column> each(DataType type, Column values) {
        return inside(type, values)
                .map(some ->
                        coalesce(forall(values, value -> inside(type, value).orElseThrow()), lit(true)));
    }
}
