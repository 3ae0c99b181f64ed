package io.millrace.run;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.config.MillraceException;
import io.millrace.model.SchemaContract.Policy;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.Rejection;
import io.millrace.spi.SchemaDifference;
import io.millrace.spi.SchemaMismatch;
import io.millrace.spi.SourceColumn;
import io.millrace.spi.SupportsContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What an ETL's contract makes of a batch's columns at one output, where it is not for the sink to do: rows that the target has no room for are
 * refused as a whole, or one by one.
 *
 * @param target the output's name, for messages
 * @param columns the target's, as they were when the batch was begun first
 * @param mismatches what the rows have besides
 */
record ColumnRule(String target, StructType columns, List<SchemaMismatch> mismatches) implements OutputRule {

    private static final String CODE = "CONTRACT_NOT_MET";

    private static final ColumnRule KEPT = new ColumnRule("", new StructType(), List.of());

    /**
     * Compares the columns of a batch with those of an output's target.
     *
     * @throws MillraceException of kind USER where they do not fit and the contract is to freeze them
     */
    static ColumnRule of(
            EtlPlan etl, PlannedOutput output, SparkSession session, StructType rows, PinnedLookups lookups) {
        Policy policy = lookups.newColumns();
        boolean decides = policy == Policy.FREEZE || policy == Policy.DEAD_LETTER;
        if (!decides || !(output.sink() instanceof SupportsContract sink)) {
            return KEPT;
        }
        Optional<StructType> columns = lookups.columns(output.output().model(), () -> sink.targetColumns(session));
        List<SchemaMismatch> mismatches = columns.map(
                        target -> SchemaMismatch.between(target, compared(rows, sink.columnsOfItsOwn())))
                .orElse(List.of());
        String target = "output " + output.output().model();
        if (policy == Policy.FREEZE && !mismatches.isEmpty()) {
            throw MillraceException.user(
                    "ETL " + etl.name() + ": "
                            + SchemaDifference.describe(
                                    target,
                                    mismatches.stream()
                                            .map(SchemaMismatch::difference)
                                            .toList())
                            + "\n  the contract freezes the columns; leave these out in a step, give the target the columns, or write contract { table = evolve }");
        }
        return new ColumnRule(target, columns.orElseGet(StructType::new), mismatches);
    }

    /** Says which rows the target has no room for. */
    @Override
    public Column broken() {
        return mismatches.stream().map(SchemaMismatch::found).reduce(lit(false), Column::or);
    }

    @Override
    public Column rejection() {
        Column[] places = mismatches.stream()
                .map(mismatch -> when(mismatch.found(), lit(place(mismatch.difference()))))
                .toArray(Column[]::new);
        Column reason = concat(lit("the row does not fit " + target + ": "), concat_ws("; ", places));
        return Rejection.of(DeadLetterStage.SCHEMA, CODE, reason);
    }

    @Override
    public Dataset<Row> fitted(Dataset<Row> rows) {
        return mismatches.isEmpty() ? rows : SchemaMismatch.without(mismatches, target, columns, rows);
    }

    private static String place(SchemaDifference difference) {
        return difference.column() + " " + difference.given() + ", wanted " + difference.wanted();
    }

    private static StructType compared(StructType rows, Set<String> sinksOwn) {
        return new StructType(Stream.of(rows.fields())
                .filter(field -> !field.name().equals(SourceColumn.NAME))
                .filter(field -> sinksOwn.stream().noneMatch(field.name()::equalsIgnoreCase))
                .toArray(StructField[]::new));
    }
}
