package io.millrace.internal.builtin;

import io.millrace.internal.spark.delta.DeltaCommit;
import io.millrace.internal.spark.delta.DeltaTarget;
import io.millrace.model.SchemaContract;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.OverwriteMode;
import io.millrace.spi.Preparation.Commit;
import io.millrace.spi.SchemaEnforcement;
import io.millrace.spi.SchemaGrowth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Writes a batch to a Delta table: once, because its commit carries the batch's id. */
final class DeltaWrite {

    private final TableModel model;
    private final SchemaContract.Policy newColumns;
    private final Batch batch;
    private final DeltaTarget target;

    DeltaWrite(TableModel model, SchemaContract.Policy newColumns, Batch batch) {
        this.model = model;
        this.newColumns = newColumns;
        this.batch = batch;
        this.target = new DeltaTarget(model.commits(batch.session()), model.words(), DeltaWrite::details);
    }

    /** Returns how the batch is committed. Changes nothing. */
    Commit prepared() {
        Optional<CommitOutcome> before = target.before(batch.id());
        if (before.isPresent()) {
            return before::get;
        }
        boolean exists = target.commits().tableExists();
        Dataset<Row> rows = exists ? fitted(batch.data()) : batch.data();
        @Nullable OverwriteMode overwrite = model.saveMode() == TableSaveMode.OVERWRITE ? model.overwrite() : null;
        return () -> target.write(batch, rows, exists, overwrite, model.partitionBy(), options());
    }

    /** Fits rows to the table that is there, or to what it becomes. */
    private Dataset<Row> fitted(Dataset<Row> rows) {
        StructType table = model.rows(batch.session()).orElseThrow().schema();
        boolean evolves = newColumns == SchemaContract.Policy.EVOLVE;
        StructType wanted = evolves ? SchemaGrowth.between(table, rows.schema()).schema() : table;
        SchemaEnforcement columns = SchemaEnforcement.of(model.words(), wanted)
                .computing(target.commits().computedColumns());
        return (evolves ? columns.filling() : columns).apply(rows);
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>(model.options());
        if (newColumns == SchemaContract.Policy.EVOLVE) {
            options.put("mergeSchema", "true");
        }
        return options;
    }

    private static Map<String, Object> details(DeltaCommit commit) {
        return Map.of("version", commit.version(), "files", commit.metric("numFiles"));
    }
}
