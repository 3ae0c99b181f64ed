package io.millrace.builtin;

import io.millrace.config.MillraceException;
import io.millrace.spark.Measured;
import io.millrace.spark.Measured.Count;
import io.millrace.spark.SparkErrors;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.SchemaEnforcement;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes a batch to a table of a format that does not remember batches. */
record PlainTableWrite(TableModel model, Batch batch) {

    CommitOutcome write() {
        String name = String.valueOf(model.name());
        if (!batch.session().catalog().tableExists(name)) {
            throw MillraceException.user(model.words() + " does not exist; create it: CREATE TABLE " + name + " ("
                    + batch.data().schema().toDDL().replace(",", ", ") + ") USING delta");
        }
        Dataset<Row> rows = SchemaEnforcement.of(
                        model.words(), batch.session().table(name).schema())
                .apply(batch.data());
        Measured counted = Measured.of(rows, Count.all("rows"));
        try {
            counted.rows()
                    .write()
                    .options(model.options())
                    .mode(model.saveMode().spark())
                    .insertInto(name);
        } catch (Exception failed) {
            throw SparkErrors.of("cannot write " + model.words(), failed);
        }
        return new CommitOutcome.Committed("", Counts.committed(counted.count("rows")));
    }
}
