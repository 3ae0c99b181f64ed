package io.millrace.flare.internal.strategy;

import io.millrace.spi.ViewColumns;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * What one assertion names, without rows.
 *
 * @param at where it is written, below the step
 */
record AssertedColumns(AssertionCheck.Check check, String at, ViewColumns known) {

    /** Notes the columns that it names and that are not there. */
    void check(Optional<StructType> view) {
        Optional<StructType> rows =
                check.sql().isPresent() ? known.query(at + ".sql", check.sql().get()) : view;
        rows.ifPresent(this::check);
    }

    private void check(StructType rows) {
        check.column().ifPresent(column -> known.require(at + ".column", column, rows));
        check.filter().ifPresent(filter -> known.expression(at + ".filter", filter, rows));
        if (check.sql().isPresent()) { // the words of other tests are metrics
            for (int i = 0; i < check.tests().size(); i++) {
                known.expression(at + ".tests[" + i + "]", check.tests().get(i), rows);
            }
        }
    }
}
