package io.millrace.flare.internal.strategy;

import static io.millrace.internal.spark.sql.ColumnNames.column;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.spi.SourceColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One function on rows that have the columns it names. */
record ColumnFunction(Dataset<Row> rows, StepFunctions.Call call) {

    Dataset<Row> applied() {
        return switch (call.name()) {
            case "drop" -> rows.drop(call.columns().toArray(String[]::new));
            case "select" -> selected();
            case "rename" -> rows.withColumnRenamed(name(), call.asColumn().orElseThrow());
            case "rename_all" -> rows.withColumnsRenamed(call.values());
            case "cleanse_column_names" -> renamed(ColumnFunction::cleansed);
            case "change_column_case" ->
                renamed(
                        text().equals("upper")
                                ? each -> each.toUpperCase(Locale.ROOT)
                                : each -> each.toLowerCase(Locale.ROOT));
            case "set_type" -> each((value, type) -> value.cast(type));
            case "fill_null_or_empty" -> filled();
            case "unfurl" -> rows.select(expr("*"), expr(text()));
            case "add_column" ->
                rows.withColumn(
                        name(), lit(call.text().orElse(null)).cast(call.type().orElseThrow()));
            case "epoch_to_timestamp" ->
                rows.withColumn(
                        call.asColumn().orElse(name()),
                        timestamp_seconds(column(name()).cast("decimal(20,6)")));
            default -> throw new IllegalStateException("no function " + call.name());
        };
    }

    private interface Change {
        Column of(Column value, String setting);
    }

    private Dataset<Row> each(Change change) {
        Dataset<Row> changed = rows;
        for (Map.Entry<String, String> each : call.values().entrySet()) {
            changed = changed.withColumn(each.getKey(), change.of(column(each.getKey()), each.getValue()));
        }
        return changed;
    }

    /** A null, and a text that is empty; the value becomes what the column is. */
    private Dataset<Row> filled() {
        Dataset<Row> changed = rows;
        for (Map.Entry<String, String> each : call.values().entrySet()) {
            Column value = column(each.getKey());
            String type = rows.schema().apply(each.getKey()).dataType().sql();
            changed = changed.withColumn(
                    each.getKey(),
                    when(
                                    value.isNull().or(value.cast("string").equalTo("")),
                                    lit(each.getValue()).cast(type))
                            .otherwise(value));
        }
        return changed;
    }

    /** Where a record comes from stays: dead letters need it. */
    private Dataset<Row> selected() {
        List<String> names = new ArrayList<>(call.columns());
        if (List.of(rows.columns()).contains(SourceColumn.NAME) && !names.contains(SourceColumn.NAME)) {
            names.add(SourceColumn.NAME);
        }
        return rows.select(names.stream().map(ColumnNames::column).toArray(Column[]::new));
    }

    private Dataset<Row> renamed(UnaryOperator<String> change) {
        String[] names = rows.columns();
        for (int i = 0; i < names.length; i++) {
            names[i] = names[i].equals(SourceColumn.NAME) ? names[i] : change.apply(names[i]);
        }
        return rows.toDF(names);
    }

    static String cleansed(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }

    private String name() {
        return call.column().orElseThrow();
    }

    private String text() {
        return call.text().orElseThrow();
    }
}
