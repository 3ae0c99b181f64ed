package io.millrace.internal.builtin;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.delta.PartitionOverwrite;
import io.millrace.internal.spark.rows.CountedRows;
import io.millrace.internal.spark.rows.CountedRows.Count;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.OverwriteMode;
import io.millrace.spi.Preparation.Commit;
import io.millrace.spi.SchemaEnforcement;
import io.millrace.spi.SparkErrors;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalog.Column;

/** Writes a batch to a table of a format that does not remember batches. */
record PlainTableWrite(TableModel model, Batch batch) {

    /** Returns how the batch is committed. Changes nothing. */
    Commit prepared() throws AnalysisException {
        String name = String.valueOf(model.name());
        if (!batch.session().catalog().tableExists(name)) {
            throw MillraceException.user(model.absent(batch.data().schema()));
        }
        if (model.overwrite() == OverwriteMode.DYNAMIC) {
            PartitionOverwrite.requirePartitions(model.words(), partitioned(name));
        }
        Dataset<Row> rows = SchemaEnforcement.of(
                        model.words(), batch.session().table(name).schema())
                .apply(batch.data());
        return () -> commit(rows, name);
    }

    private boolean partitioned(String name) throws AnalysisException {
        return batch.session().catalog().listColumns(name).collectAsList().stream()
                .anyMatch(Column::isPartition);
    }

    private Map<String, String> options() {
        return model.saveMode() == TableSaveMode.OVERWRITE
                ? PartitionOverwrite.options(model.options(), model.overwrite())
                : model.options();
    }

    /** Such a table cannot be asked, and some formats show what single tasks have written before one fails. */
    private CommitOutcome commit(Dataset<Row> rows, String name) {
        CountedRows counted = CountedRows.of(rows, Count.all("rows"));
        try {
            counted.rows()
                    .write()
                    .options(options())
                    .mode(model.saveMode().spark())
                    .insertInto(name);
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            MillraceException why = SparkErrors.of("cannot write " + model.words(), failed);
            return new CommitOutcome.Unknown(why.saying(why.getMessage()
                    + "; rows of the batch may be in the table, and will be there twice when it is written again"));
        }
        return new CommitOutcome.Committed("", Counts.committed(counted.count("rows")));
    }
}
