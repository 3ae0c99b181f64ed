package io.millrace.run;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.config.MillraceException;
import io.millrace.model.Contract.Policy;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.Rejection;
import io.millrace.spi.SchemaDifference;
import io.millrace.spi.SchemaMisfit;
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
 * @param misfits what the rows have besides
 */
record ColumnContract(String target, StructType columns, List<SchemaMisfit> misfits) {

    private static final String CODE = "CONTRACT_NOT_MET";

    private static final ColumnContract KEPT = new ColumnContract("", new StructType(), List.of());

    /**
     * Compares the columns of a batch with those of an output's target.
     *
     * @throws MillraceException of kind USER where they do not fit and the contract is to freeze them
     */
    static ColumnContract of(
            EtlPlan etl, PlannedOutput output, SparkSession session, StructType rows, Findings findings) {
        Policy policy = findings.newColumns();
        boolean decides = policy == Policy.FREEZE || policy == Policy.DEAD_LETTER;
        if (!decides || !(output.sink() instanceof SupportsContract sink)) {
            return KEPT;
        }
        Optional<StructType> columns = findings.columns(output.output().model(), () -> sink.targetColumns(session));
        List<SchemaMisfit> misfits = columns.map(
                        target -> SchemaMisfit.between(target, compared(rows, sink.columnsOfItsOwn())))
                .orElse(List.of());
        String target = "output " + output.output().model();
        if (policy == Policy.FREEZE && !misfits.isEmpty()) {
            throw MillraceException.user(
                    "ETL " + etl.name() + ": "
                            + SchemaDifference.describe(
                                    target,
                                    misfits.stream()
                                            .map(SchemaMisfit::difference)
                                            .toList())
                            + "\n  the contract freezes the columns; leave these out in a step, give the target the columns, or write contract { table = evolve }");
        }
        return new ColumnContract(target, columns.orElseGet(StructType::new), misfits);
    }

    /** Says which rows the target has no room for. */
    Column broken() {
        return misfits.stream().map(SchemaMisfit::found).reduce(lit(false), Column::or);
    }

    /** Returns why. */
    Column rejection() {
        Column[] places = misfits.stream()
                .map(misfit -> when(misfit.found(), lit(place(misfit.difference()))))
                .toArray(Column[]::new);
        Column reason = concat(lit("the row does not fit " + target + ": "), concat_ws("; ", places));
        return Rejection.of(DeadLetterStage.SCHEMA, CODE, reason);
    }

    /** Returns rows, of which none is broken, so that the target takes them. */
    Dataset<Row> fitted(Dataset<Row> rows) {
        return misfits.isEmpty() ? rows : SchemaMisfit.without(misfits, target, columns, rows);
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
