package io.millrace.internal.spark.delta;

import io.millrace.spi.ComputedColumns;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.delta.ColumnWithDefaultExprUtils;
import org.apache.spark.sql.delta.GeneratedColumn;
import org.apache.spark.sql.delta.IdentityColumn;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.sources.DeltaSourceUtils;
import org.apache.spark.sql.types.StructField;

/** The columns that a version of a Delta table computes by itself. Only its log says which these are: Delta hides it from who reads the table. */
final class DeltaComputedColumns {

    private DeltaComputedColumns() {}

    static ComputedColumns of(Snapshot snapshot) {
        Map<String, String> generated = new HashMap<>();
        Set<String> reserved = new HashSet<>();
        Set<String> numbered = new HashSet<>();
        for (StructField column : snapshot.metadata().schema().fields()) {
            if (ColumnWithDefaultExprUtils.isIdentityColumn(column)) {
                (IdentityColumn.allowExplicitInsert(column) ? numbered : reserved).add(column.name());
            } else if (GeneratedColumn.isGeneratedColumn(snapshot.protocol(), column)) {
                generated.put(
                        column.name(),
                        column.metadata().getString(DeltaSourceUtils.GENERATION_EXPRESSION_METADATA_KEY()));
            }
        }
        return new ComputedColumns(generated, reserved, numbered);
    }
}
