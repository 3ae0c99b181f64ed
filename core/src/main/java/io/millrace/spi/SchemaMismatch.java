package io.millrace.spi;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_values;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Something that rows have and a target has no room for: a column or a field that it lacks, or has with another type.
 *
 * @param column the name of the rows' column it is, or is in
 * @param difference what it is
 * @param found says of a row whether it has a value there; never null
 */
public record SchemaMismatch(String column, SchemaDifference difference, Column found) {

    private static final String NOTHING = "(no such column)";

    /** Finds all of them. What is NULL in every row has no type yet and fits everywhere. */
    public static List<SchemaMismatch> between(StructType target, StructType rows) {
        List<SchemaMismatch> mismatches = new ArrayList<>();
        for (StructField given : rows.fields()) {
            UnaryOperator<Column> same = value -> value;
            Column value = functions.col(SchemaAlignment.quoted(given.name()));
            List<Place> places = new ArrayList<>();
            compareField("", given, target, same, places);
            places.forEach(place -> mismatches.add(new SchemaMismatch(
                    given.name(), place.difference, coalesce(place.found.apply(value), lit(false)))));
        }
        return mismatches;
    }

    /**
     * Fits the columns in which mismatches are to the target's types, where the target has them.
     *
     * @param target the target's name, for messages
     * @param rows have no value in any of these places
     */
    public static Dataset<Row> without(
            List<SchemaMismatch> mismatches, String target, StructType schema, Dataset<Row> rows) {
        SchemaAlignment alignment = new SchemaAlignment(target);
        Map<String, Column> fitted = new LinkedHashMap<>();
        for (SchemaMismatch mismatch : mismatches) {
            SchemaDifference.named(mismatch.column, schema)
                    .forEach(wanted -> fitted.put(
                            mismatch.column, alignment.value(rows, rows.schema().apply(mismatch.column), wanted)));
        }
        return rows.withColumns(fitted);
    }

    /** A mismatch below some value, found from there. */
    private record Place(SchemaDifference difference, UnaryOperator<Column> found) {}

    /** @param at from the value that is known to the field */
    private static void compareField(
            String path, StructField given, StructType target, UnaryOperator<Column> at, List<Place> places) {
        List<StructField> wanted = SchemaDifference.named(given.name(), target);
        if (wanted.isEmpty()) {
            add(path + given.name(), NOTHING, given.dataType(), at, places);
        } else if (wanted.size() == 1) {
            compare(path + given.name(), given.dataType(), wanted.get(0).dataType(), at, places);
        }
    }

    private static void compare(
            String path, DataType given, DataType wanted, UnaryOperator<Column> at, List<Place> places) {
        if (given instanceof StructType from && wanted instanceof StructType to) {
            for (StructField field : from.fields()) {
                compareField(path + ".", field, to, value -> at.apply(value).getField(field.name()), places);
            }
        } else if (given instanceof ArrayType from && wanted instanceof ArrayType to) {
            inside(path + ".element", from.elementType(), to.elementType(), at, places);
        } else if (given instanceof MapType from && wanted instanceof MapType to && keysFit(from, to)) {
            inside(path + ".value", from.valueType(), to.valueType(), value -> map_values(at.apply(value)), places);
        } else if (!SchemaDifference.sameAtom(wanted, given)) {
            add(path, wanted.sql(), given, at, places);
        }
    }

    private static boolean keysFit(MapType from, MapType to) {
        return SchemaDifference.sameAtom(to.keyType(), from.keyType());
    }

    /** @param elements from the value that is known to the array */
    private static void inside(
            String path, DataType given, DataType wanted, UnaryOperator<Column> elements, List<Place> places) {
        List<Place> found = new ArrayList<>();
        compare(path, given, wanted, element -> element, found);
        found.forEach(place -> places.add(new Place(
                place.difference,
                value -> exists(elements.apply(value), element -> coalesce(place.found.apply(element), lit(false))))));
    }

    private static void add(String path, String wanted, DataType given, UnaryOperator<Column> at, List<Place> places) {
        if (!given.equals(DataTypes.NullType)) {
            places.add(new Place(new SchemaDifference(path, wanted, given.sql(), ""), value -> at.apply(value)
                    .isNotNull()));
        }
    }
}
