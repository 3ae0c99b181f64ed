package io.millrace.spi;

import static org.apache.spark.sql.functions.lit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The column by which a row remembers where it comes from. Dead letters take the original from it; sinks leave it out. */
public final class SourceColumn {

    /** The column's name. */
    public static final String NAME = "_source";

    /** The fields that a dead letter keeps. */
    public static final StructType KEPT = new StructType()
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType)
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add(
                    "headers",
                    DataTypes.createArrayType(
                            new StructType().add("key", DataTypes.StringType).add("value", DataTypes.BinaryType)))
            .add("schema_id", DataTypes.IntegerType)
            .add("path", DataTypes.StringType)
            .add("position", DataTypes.LongType);

    /**
     * The column's type, the same for every source; a source fills what it knows. After the fields that a dead letter keeps come two by which {@link
     * DecodingSource#withOriginals} finds a record of a file again: {@code split}, the byte at which the part of the file begins that a task reads,
     * and {@code record}, the number of the record in that part.
     */
    public static final StructType TYPE = KEPT.add("split", DataTypes.LongType).add("record", DataTypes.LongType);

    private SourceColumn() {}

    /** Makes the column from the fields a source knows; the others are null. */
    public static Column of(Map<String, Column> known) {
        Map<String, Column> fields = new LinkedHashMap<>();
        for (StructField field : TYPE.fields()) {
            Column value = known.getOrDefault(field.name(), lit(null));
            fields.put(field.name(), value.cast(field.dataType()).as(field.name()));
        }
        if (!fields.keySet().containsAll(known.keySet())) {
            throw new IllegalArgumentException("unknown field in " + known.keySet() + "; known: " + fields.keySet());
        }
        return org.apache.spark.sql.functions.struct(fields.values().toArray(Column[]::new));
    }

    /** Returns whether rows of this type remember where they come from. */
    public static boolean in(StructType type) {
        return Stream.of(type.fieldNames()).anyMatch(NAME::equals);
    }
}
