package io.millrace.spi;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table's columns with those added that only the rows have, fields of structs included; such as are NULL in every row have no type yet and wait.
 * Columns they share are the table's: whether the types agree is for {@link SchemaEnforcement} to say.
 *
 * @param schema the columns after the addition
 * @param added the paths of what was added, with their types
 */
public record SchemaGrowth(StructType schema, List<String> added) {

    /** Copies the list. */
    public SchemaGrowth {
        added = List.copyOf(added);
    }

    /** Adds what only the rows have. */
    public static SchemaGrowth between(StructType table, StructType rows) {
        List<String> added = new ArrayList<>();
        return new SchemaGrowth(merged("", table, rows, added), added);
    }

    /** Adds one column where the table has none of that name. */
    public static SchemaGrowth with(StructType table, String column, DataType type) {
        return SchemaDifference.named(column, table).isEmpty()
                ? new SchemaGrowth(table.add(column, type, true), List.of(shown(column, type)))
                : new SchemaGrowth(table, List.of());
    }

    private static StructType merged(String path, StructType table, StructType rows, List<String> added) {
        StructType result = new StructType();
        for (StructField field : table.fields()) {
            List<StructField> given = SchemaDifference.named(field.name(), rows);
            DataType type = given.size() == 1
                    ? merged(path + field.name(), field.dataType(), given.get(0).dataType(), added)
                    : field.dataType();
            result = result.add(new StructField(field.name(), type, field.nullable(), field.metadata()));
        }
        for (StructField field : rows.fields()) {
            boolean typed = !field.dataType().equals(DataTypes.NullType);
            if (typed && SchemaDifference.named(field.name(), table).isEmpty()) {
                added.add(shown(path + field.name(), field.dataType()));
                result = result.add(field.name(), field.dataType(), true);
            }
        }
        return result;
    }

    private static DataType merged(String path, DataType table, DataType rows, List<String> added) {
        if (table instanceof StructType to && rows instanceof StructType from) {
            return merged(path + ".", to, from, added);
        }
        if (table instanceof ArrayType to && rows instanceof ArrayType from) {
            DataType element = merged(path + ".element", to.elementType(), from.elementType(), added);
            return DataTypes.createArrayType(element, to.containsNull());
        }
        if (table instanceof MapType to && rows instanceof MapType from) {
            DataType value = merged(path + ".value", to.valueType(), from.valueType(), added);
            return DataTypes.createMapType(to.keyType(), value, to.valueContainsNull());
        }
        return table;
    }

    private static String shown(String column, DataType type) {
        return column + " " + type.sql();
    }
}
