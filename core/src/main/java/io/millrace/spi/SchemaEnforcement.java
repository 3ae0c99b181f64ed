package io.millrace.spi;

import io.millrace.config.MillraceException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Fits rows to the schema of a target.
 *
 * <p>Columns, and the fields of structs inside them, are found by name without regard to case. They come out in the target's order and case;
 * what the target does not have is left out, a {@link SourceColumn} too. Types must be equal: nothing is converted in silence. Only texts count
 * as one type, with or without a limit of length.
 *
 * <p>A column that rows lack and that the target gives a DEFAULT gets that. One that the target {@link #computing computes} by itself is left to it.
 *
 * <p>Whether a column may be NULL is decided by its values, not by its declared type: Spark calls every column of a file nullable. A NULL in a
 * NOT NULL column fails the task that meets it; {@link RowError#in} finds that in what a write throws. The check is part of the plan and costs
 * nothing where the rows are already declared NOT NULL.
 *
 * <p>Immutable; used on the driver.
 */
public final class SchemaEnforcement {

    private final String target;
    private final StructType schema;
    private final Predicate<SchemaDifference> accepted;
    private final ComputedColumns computed;

    private SchemaEnforcement(
            String target, StructType schema, Predicate<SchemaDifference> accepted, ComputedColumns computed) {
        this.target = target;
        this.schema = schema;
        this.accepted = accepted;
        this.computed = computed;
    }

    /**
     * Enforces a schema.
     *
     * @param target the target's name, for messages
     * @param schema what its rows must be
     */
    public static SchemaEnforcement of(String target, StructType schema) {
        return new SchemaEnforcement(target, schema, difference -> false, ComputedColumns.NONE);
    }

    /** Returns whether a column of a table has a value in rows that lack it, because the table gives it a DEFAULT. */
    public static boolean hasDefault(StructField column) {
        return SchemaDifference.hasDefault(column);
    }

    /** Returns the same, but that columns and fields which rows lack are NULL, where they may be. */
    public SchemaEnforcement filling() {
        return new SchemaEnforcement(target, schema, SchemaDifference::canBeFilled, computed);
    }

    /**
     * Returns the same for a target that makes the values of some columns by itself: rows need not have them, and come out without them then. Those
     * that the target alone numbers are refused where rows have them.
     */
    public SchemaEnforcement computing(ComputedColumns columns) {
        return new SchemaEnforcement(target, schema, accepted, columns);
    }

    /**
     * Fits rows to the schema.
     *
     * @throws MillraceException of kind USER with every difference, the target's side and the rows' side by side
     */
    public Dataset<Row> apply(Dataset<Row> rows) {
        List<SchemaDifference> differences = differences(rows.schema());
        if (!differences.isEmpty()) {
            throw MillraceException.user(SchemaDifference.describe(target, differences));
        }
        StructType written = computed.written(schema, rows.schema());
        return rows.select(new SchemaAlignment(target).columns(rows, written).toArray(Column[]::new));
    }

    /** Returns what keeps rows of a schema out of the target, in the order of the target's columns; empty where they fit. */
    public List<SchemaDifference> differences(StructType given) {
        StructType written = computed.written(schema, given);
        return Stream.concat(
                        computed.refused(given),
                        SchemaDifference.between(written, given).stream().filter(accepted.negate()))
                .toList();
    }
}
