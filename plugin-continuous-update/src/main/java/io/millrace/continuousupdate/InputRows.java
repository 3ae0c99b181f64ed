package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.UpsertSetting;
import io.millrace.config.MillraceException;
import io.millrace.continuousupdate.internal.spark.Expressions;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.spi.RowError;
import io.millrace.spi.SchemaEnforcement;
import io.millrace.spi.SchemaGrowth;
import io.millrace.spi.SourceColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch, with their ordering and whether they delete.
 *
 * @param wording how messages speak of the upsert
 * @param rows the batch's columns, then {@link UpsertColumns#ORDERING}, {@link UpsertColumns#DELETE} and {@link UpsertColumns#POSITION}
 * @param columns the batch's columns
 * @param ordering the ordering expression over them
 */
record InputRows(UpsertWording wording, Dataset<Row> rows, StructType columns, Expressions.Resolved ordering) {

    static InputRows of(Dataset<Row> rows, ContinuousUpdate settings, UpsertWording wording) {
        Expressions.Resolved ordering =
                resolved(rows, wording.key(UpsertSetting.ORDERING), settings.orderingExpression());
        if (!RowContentHash.comparable(ordering.type())) {
            throw MillraceException.user(wording.key(UpsertSetting.ORDERING) + " \"" + settings.orderingExpression()
                    + "\" yields " + ordering.type().sql()
                    + ", of which neither is the greater; order by something comparable");
        }
        Column position = SourceColumn.in(rows.schema())
                ? col(SourceColumn.NAME).getField("offset")
                : lit(null).cast(DataTypes.LongType);
        Dataset<Row> evaluated = rows.select(
                col("*"),
                nullWhereEmpty(expr(settings.orderingExpression()), ordering.type())
                        .as(UpsertColumns.ORDERING),
                deletes(rows, wording.key(UpsertSetting.DELETE), settings.deleteExpression())
                        .as(UpsertColumns.DELETE),
                position.as(UpsertColumns.POSITION));
        return new InputRows(wording, evaluated, rows.schema(), ordering);
    }

    Set<String> orderingColumns() {
        return ordering.columns();
    }

    DataType orderingType() {
        return ordering.type();
    }

    /** Returns what a table may be given columns for: neither where rows come from, nor what only says that they delete. */
    StructType worthKeeping(ContinuousUpdate settings) {
        String delete = settings.deleteExpression();
        Set<String> left = delete == null ? new TreeSet<>() : new TreeSet<>(Expressions.names(delete));
        left.removeAll(orderingColumns());
        left.add(SourceColumn.NAME);
        return new StructType(Stream.of(columns.fields())
                .filter(field -> left.stream().noneMatch(field.name()::equalsIgnoreCase))
                .toArray(StructField[]::new));
    }

    /**
     * Returns the columns of a table that is made of the rows.
     *
     * @throws MillraceException of kind USER where they lack a key
     */
    StructType newTable(ContinuousUpdate settings) {
        StructType all = SchemaGrowth.between(new StructType(), columns).schema();
        StructType kept = new StructType(Stream.of(all.fields())
                .filter(field -> !field.name().equals(SourceColumn.NAME))
                .toArray(StructField[]::new));
        List<String> missing = settings.keys().stream()
                .filter(key -> UpsertColumns.named(key, kept).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw MillraceException.user(wording.table() + ": the rows have no column " + String.join(", ", missing)
                    + " to serve as a key; they have " + String.join(", ", kept.fieldNames()));
        }
        return kept;
    }

    /** Returns the rows fitted to the table, as the reduction to one per key wants them. */
    Dataset<Row> fitted(UpsertTarget target) {
        return fitted(target, rows, new StructType());
    }

    /** Returns {@link #fitted} with each row as the batch had it. */
    Dataset<Row> fittedWithOriginals(UpsertTarget target) {
        Column[] original = Stream.of(columns.fieldNames())
                .map(name -> col(ColumnNames.quoted(name)))
                .toArray(Column[]::new);
        return fitted(
                target,
                rows.withColumn(UpsertColumns.ORIGINAL, struct(original)),
                new StructType().add(UpsertColumns.ORIGINAL, columns, false));
    }

    private Dataset<Row> fitted(UpsertTarget target, Dataset<Row> given, StructType more) {
        StructType added = new StructType(Stream.concat(
                        Stream.of(UpsertColumns.ORDERING, UpsertColumns.DELETE, UpsertColumns.POSITION)
                                .map(name -> given.schema().apply(name)),
                        Stream.of(more.fields()))
                .toArray(StructField[]::new));
        StructType wanted =
                new StructType(Stream.concat(Stream.of(target.admitted().fields()), Stream.of(added.fields()))
                        .toArray(StructField[]::new));
        Dataset<Row> fitted = SchemaEnforcement.of(target.name(), wanted)
                .computing(target.refused())
                .apply(given);
        List<Column> result = new ArrayList<>();
        for (int i = 0; i < target.keys().size(); i++) {
            result.add(new UpsertKey(target, target.keys().get(i)).of(fitted).as(UpsertColumns.key(i)));
        }
        Stream.of(added.fieldNames()).forEach(name -> result.add(col(name)));
        result.add(when(col(UpsertColumns.DELETE), lit(0L))
                .otherwise(RowContentHash.hash(target.admitted()))
                .as(UpsertColumns.CONTENT));
        result.add(struct(Stream.of(target.admitted().fields())
                        .map(field -> target.required(field) ? presentUnlessDeleted(field, target) : column(field))
                        .toArray(Column[]::new))
                .as(UpsertColumns.ROW));
        return fitted.select(result.toArray(Column[]::new));
    }

    private static Column column(StructField field) {
        return col(ColumnNames.quoted(field.name()));
    }

    /** A row that deletes need not have more than its key. */
    private static Column presentUnlessDeleted(StructField field, UpsertTarget target) {
        Column missing = RowError.raise(lit("NULL in a NOT NULL column: " + field.name() + " of " + target.name()
                + "; leave such rows out, or send them to the dead letters by an expectation"));
        return coalesce(column(field), when(not(col(UpsertColumns.DELETE)), missing.cast(field.dataType())))
                .as(field.name());
    }

    private static Column deletes(Dataset<Row> rows, String setting, @Nullable String condition) {
        if (condition == null) {
            return lit(false);
        }
        DataType type = resolved(rows, setting, condition).type();
        if (!type.equals(DataTypes.BooleanType)) {
            throw MillraceException.user(setting + " \"" + condition + "\" yields " + type.sql()
                    + "; it must be true for rows that delete their key");
        }
        return coalesce(expr(condition), lit(false));
    }

    private static Expressions.Resolved resolved(Dataset<Row> rows, String setting, String sql) {
        Expressions.Resolved resolved;
        try {
            resolved = Expressions.resolve(rows, sql);
        } catch (AnalysisException unknown) {
            throw MillraceException.user(
                    setting + " \"" + sql + "\" cannot be evaluated on the rows: "
                            + unknown.getSimpleMessage()
                                    .replaceAll("^\\[[A-Z_.]+] | SQLSTATE: \\w+|; line \\d+ pos \\d+", "")
                            + "\n  columns of the rows: " + String.join(", ", rows.columns()),
                    unknown);
        }
        if (!resolved.repeatable()) {
            throw MillraceException.user(
                    setting + " \"" + sql + "\" yields something else each time; it must depend on the row alone");
        }
        return resolved;
    }

    /** A struct of nulls says no more than a null. */
    static Column nullWhereEmpty(Column value, DataType type) {
        return type instanceof StructType ? when(empty(value, type), lit(null)).otherwise(value) : value;
    }

    private static Column empty(Column value, DataType type) {
        if (!(type instanceof StructType struct)) {
            return value.isNull();
        }
        return Stream.of(struct.fields())
                .map(field -> empty(value.getField(field.name()), field.dataType()))
                .reduce(Column::and)
                .map(value.isNull()::or)
                .orElse(value.isNull());
    }
}
