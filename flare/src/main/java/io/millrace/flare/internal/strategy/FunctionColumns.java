package io.millrace.flare.internal.strategy;

import io.millrace.config.ConfigPath;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.spi.SourceColumn;
import io.millrace.spi.ViewColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What one function makes of columns, without rows: as {@link ColumnFunction} does it with them.
 *
 * @param at where the function is written, below the step
 */
record FunctionColumns(StructType columns, StepFunctions.Call call, String at, ViewColumns known) {

    /** Returns the columns; empty where nobody knows them, as one that is needed is not there, which is noted. */
    Optional<StructType> applied() {
        if (!required()) {
            return Optional.empty();
        }
        return switch (call.name()) {
            case "drop" -> Optional.of(only(column -> !isAmong(column, call.columns())));
            case "select" -> selected();
            case "rename" -> Optional.of(renamed(Map.of(name(), call.asColumn().orElseThrow())));
            case "rename_all" -> Optional.of(renamed(call.values()));
            case "cleanse_column_names" -> Optional.of(named(ColumnFunction::cleansed));
            case "change_column_case" ->
                Optional.of(named(
                        text().equals("upper")
                                ? each -> each.toUpperCase(Locale.ROOT)
                                : each -> each.toLowerCase(Locale.ROOT)));
            case "set_type" -> typed();
            case "fill_null_or_empty" -> Optional.of(columns);
            case "unfurl" -> unfurled();
            case "add_column" -> type(call.type().orElseThrow()).map(type -> with(columns, name(), type));
            case "epoch_to_timestamp" ->
                Optional.of(with(columns, call.asColumn().orElse(name()), DataTypes.TimestampType));
            default -> Optional.empty();
        };
    }

    /** Columns that are dropped or renamed need not be there. */
    private boolean required() {
        boolean there = true;
        switch (call.name()) {
            case "select" -> {
                for (int i = 0; i < call.columns().size(); i++) {
                    String setting = ConfigPath.element(at + ".columns", i);
                    there &= known.require(setting, call.columns().get(i), columns);
                }
            }
            case "set_type", "fill_null_or_empty" -> {
                for (String column : call.values().keySet()) {
                    there &= known.require(ConfigPath.child(at + ".columns", column), column, columns);
                }
            }
            case "epoch_to_timestamp" -> there = known.require(at + ".column", name(), columns);
            default -> {
                // needs none
            }
        }
        return there;
    }

    private Optional<StructType> selected() {
        List<String> names = new ArrayList<>(call.columns());
        if (SourceColumn.in(columns) && !names.contains(SourceColumn.NAME)) {
            names.add(SourceColumn.NAME);
        }
        StructType selected = new StructType();
        for (String name : names) {
            StructField field = field(name);
            selected = selected.add(name, field.dataType(), field.nullable());
        }
        return Optional.of(selected);
    }

    private Optional<StructType> typed() {
        StructType changed = columns;
        for (Map.Entry<String, String> each : call.values().entrySet()) {
            Optional<DataType> type = type(each.getValue());
            if (type.isEmpty()) {
                return Optional.empty();
            }
            changed = with(changed, each.getKey(), type.get());
        }
        return Optional.of(changed);
    }

    private Optional<StructType> unfurled() {
        return known.expression(at + ".expression", text(), columns).isEmpty()
                ? Optional.empty()
                : known.select(List.of("*", text()), columns);
    }

    private StructType renamed(Map<String, String> names) {
        return named(name -> names.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(name));
    }

    private StructType named(UnaryOperator<String> change) {
        return new StructType(Stream.of(columns.fields())
                .map(field -> field.name().equals(SourceColumn.NAME)
                        ? field
                        : new StructField(
                                change.apply(field.name()), field.dataType(), field.nullable(), field.metadata()))
                .toArray(StructField[]::new));
    }

    private StructType only(Predicate<String> kept) {
        return new StructType(Stream.of(columns.fields())
                .filter(field -> kept.test(field.name()))
                .toArray(StructField[]::new));
    }

    private static boolean isAmong(String column, List<String> names) {
        return names.stream().anyMatch(column::equalsIgnoreCase);
    }

    private StructField field(String name) {
        return Stream.of(columns.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns columns with one more, or another in its place. */
    private static StructType with(StructType columns, String name, DataType type) {
        StructField[] fields = columns.fields();
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].name().equalsIgnoreCase(name)) {
                fields = fields.clone();
                fields[i] = new StructField(name, type, true, fields[i].metadata());
                return new StructType(fields);
            }
        }
        return columns.add(name, type);
    }

    private static Optional<DataType> type(String ddl) {
        try {
            return Optional.of(SqlSyntax.schema("c " + ddl).apply("c").dataType());
        } catch (SqlSyntax.SyntaxException noType) {
            return Optional.empty(); // which is said where it is read
        }
    }

    private String name() {
        return call.column().orElseThrow();
    }

    private String text() {
        return call.text().orElseThrow();
    }
}
