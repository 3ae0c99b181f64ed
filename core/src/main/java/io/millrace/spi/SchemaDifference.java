package io.millrace.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One thing in which rows differ from what their target wants.
 *
 * @param column its path: {@code address.zip}, {@code items.element.price}, {@code tags.key}
 * @param wanted the target's side, as DDL
 * @param given the rows' side, as DDL or in brackets
 * @param advice what to do, or empty
 */
public record SchemaDifference(String column, String wanted, String given, String advice) {

    private static final String MISSING = "(missing)";
    private static final String NOT_NULL = " NOT NULL";

    /** Returns whether the rows lack it, and it may be NULL. */
    boolean canBeFilled() {
        return given.equals(MISSING) && !wanted.endsWith(NOT_NULL);
    }

    static List<SchemaDifference> between(StructType target, StructType given) {
        List<SchemaDifference> found = new ArrayList<>();
        compareFields("", target, given, found);
        return found;
    }

    /** Returns all of them as a table for people. */
    public static String describe(String target, List<SchemaDifference> differences) {
        int name = width("column", differences.stream().map(SchemaDifference::column));
        int wanted = width("wanted", differences.stream().map(SchemaDifference::wanted));
        int given = width("given", differences.stream().map(SchemaDifference::given));
        StringBuilder table = new StringBuilder("the rows do not fit " + target + ":");
        Stream.concat(Stream.of(new SchemaDifference("column", "wanted", "given", "")), differences.stream())
                .map(line -> pad(line.column, name) + pad(line.wanted, wanted) + pad(line.given, given) + line.advice)
                .forEach(line -> table.append("\n  ").append(line.stripTrailing()));
        return table.toString();
    }

    /** Returns whether a field that rows lack has a value all the same. */
    static boolean hasDefault(StructField field) {
        return field.getCurrentDefaultValue().isDefined();
    }

    /** Returns the fields of that name, whatever their case. */
    static List<StructField> named(String name, StructType type) {
        return Stream.of(type.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .toList();
    }

    private static void compareFields(String path, StructType target, StructType given, List<SchemaDifference> found) {
        for (StructField field : target.fields()) {
            String column = path + field.name();
            List<StructField> candidates = named(field.name(), given);
            if (candidates.isEmpty() && hasDefault(field)) {
                continue;
            }
            if (candidates.size() == 1) {
                compare(column, field.dataType(), candidates.get(0).dataType(), path.isEmpty(), found);
            } else {
                String wanted = ddl(field.dataType()) + (field.nullable() ? "" : NOT_NULL);
                String instead = candidates.isEmpty()
                        ? MISSING
                        : "(several: "
                                + String.join(
                                        ", ",
                                        candidates.stream()
                                                .map(StructField::name)
                                                .toList()) + ")";
                found.add(new SchemaDifference(column, wanted, instead, ""));
            }
        }
    }

    private static void compare(
            String path, DataType target, DataType given, boolean column, List<SchemaDifference> found) {
        if (target instanceof StructType wanted && given instanceof StructType actual) {
            compareFields(path + ".", wanted, actual, found);
        } else if (target instanceof ArrayType wanted && given instanceof ArrayType actual) {
            compare(path + ".element", wanted.elementType(), actual.elementType(), false, found);
        } else if (target instanceof MapType wanted && given instanceof MapType actual) {
            compare(path + ".key", wanted.keyType(), actual.keyType(), false, found);
            compare(path + ".value", wanted.valueType(), actual.valueType(), false, found);
        } else if (!sameAtom(target, given)) {
            String advice = column ? "write CAST(" + quoted(path) + " AS " + ddl(target) + ")" : "";
            found.add(new SchemaDifference(path, ddl(target), ddl(given), advice));
        }
    }

    static boolean sameAtom(DataType target, DataType given) {
        return target.equals(given) || (target instanceof StringType && given instanceof StringType);
    }

    private static String quoted(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
    }

    private static String ddl(DataType type) {
        return type.sql();
    }

    private static int width(String heading, Stream<String> values) {
        return Math.max(heading.length(), values.mapToInt(String::length).max().orElse(0));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length() + 2);
    }
}
