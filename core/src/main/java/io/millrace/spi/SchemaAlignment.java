package io.millrace.spi;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** Makes the columns that fit rows to a schema. What the rows lack is the DEFAULT or NULL; what they have with another type is NULL. */
final class SchemaAlignment {

    private static final String NULL_FOUND = "NULL in a NOT NULL column: ";

    private final String target;

    SchemaAlignment(String target) {
        this.target = target;
    }

    List<Column> columns(Dataset<Row> rows, StructType schema) {
        List<Column> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            columns.add(SchemaDifference.named(field.name(), rows.schema()).stream()
                    .findFirst()
                    .map(given -> fit(rows.col(quoted(given.name())), field, given, field.name()))
                    .orElseGet(() -> lacking(field))
                    .as(field.name()));
        }
        return columns;
    }

    /** Makes the value of a field that the rows do not have. */
    private static Column lacking(StructField field) {
        Option<String> expression = field.getCurrentDefaultValue();
        return (expression.isDefined() ? expr(expression.get()) : lit(null)).cast(field.dataType());
    }

    /** Makes the value of one column that is there, NULL where it is. */
    Column value(Dataset<Row> rows, StructField given, StructField wanted) {
        return reshape(rows.col(quoted(given.name())), wanted.dataType(), given.dataType(), wanted.name());
    }

    /** Returns a name as {@code functions.col} takes it. */
    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private Column fit(Column value, StructField wanted, StructField given, String path) {
        Column fitted = reshape(value, wanted.dataType(), given.dataType(), path);
        return !wanted.nullable() && given.nullable() ? orFail(fitted, wanted.dataType(), path) : fitted;
    }

    private Column reshape(Column value, DataType wanted, DataType given, String path) {
        if (fits(wanted, given)) {
            return value;
        }
        if (wanted instanceof StructType to && given instanceof StructType from) {
            Column[] fields = new Column[to.length()];
            for (int i = 0; i < fields.length; i++) {
                StructField field = to.fields()[i];
                fields[i] = SchemaDifference.named(field.name(), from).stream()
                        .findFirst()
                        .map(source -> fit(value.getField(source.name()), field, source, path + "." + field.name()))
                        .orElseGet(() -> lacking(field))
                        .as(field.name());
            }
            return when(value.isNotNull(), struct(fields));
        }
        if (wanted instanceof ArrayType to && given instanceof ArrayType from) {
            return transform(value, element -> fit(element, element(to), element(from), path + ".element"));
        }
        if (wanted instanceof MapType to && given instanceof MapType from) {
            return map_from_entries(transform(
                    map_entries(value),
                    entry -> struct(
                            reshape(entry.getField("key"), to.keyType(), from.keyType(), path + ".key"),
                            fit(entry.getField("value"), value(to), value(from), path + ".value"))));
        }
        return lit(null).cast(wanted);
    }

    private Column orFail(Column value, DataType type, String path) {
        return coalesce(
                value,
                RowError.raise(lit(NULL_FOUND + path + " of " + target
                                + "; leave such rows out, or send them to the dead letters by an expectation"))
                        .cast(type));
    }

    /** Whether the value can stay as it is: same names, same order, same types, nothing to check. */
    private static boolean fits(DataType wanted, DataType given) {
        if (wanted instanceof StructType to && given instanceof StructType from) {
            if (to.length() != from.length()) {
                return false;
            }
            for (int i = 0; i < to.length(); i++) {
                StructField field = to.fields()[i];
                StructField source = from.fields()[i];
                if (!field.name().equals(source.name())
                        || (source.nullable() && !field.nullable())
                        || !fits(field.dataType(), source.dataType())) {
                    return false;
                }
            }
            return true;
        }
        if (wanted instanceof ArrayType to && given instanceof ArrayType from) {
            return (to.containsNull() || !from.containsNull()) && fits(to.elementType(), from.elementType());
        }
        if (wanted instanceof MapType to && given instanceof MapType from) {
            return (to.valueContainsNull() || !from.valueContainsNull())
                    && fits(to.keyType(), from.keyType())
                    && fits(to.valueType(), from.valueType());
        }
        return SchemaDifference.sameAtom(wanted, given);
    }

    private static StructField element(ArrayType type) {
        return new StructField(
                "element", type.elementType(), type.containsNull(), org.apache.spark.sql.types.Metadata.empty());
    }

    private static StructField value(MapType type) {
        return new StructField(
                "value", type.valueType(), type.valueContainsNull(), org.apache.spark.sql.types.Metadata.empty());
    }
}
