package io.millrace.internal.builtin;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.delta.DeltaCommits;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Preparation;
import io.millrace.spi.upsert.Upsert;
import io.millrace.spi.upsert.UpsertSink;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Upserts into a Delta table. */
record TableUpsertSink(TableSink table, Upsert upsert) implements UpsertSink<TableSink> {

    @Override
    public String description() {
        return table.model().words() + ", " + upsert.description();
    }

    @Override
    public TableUpsertSink ofRun() {
        return new TableUpsertSink(table, upsert.ofRun());
    }

    @Override
    public CommitOutcome write(Batch batch) {
        return Preparation.of("cannot upsert into " + table.model().words(), () -> {
            requireDelta(batch);
            return () -> upsert.write(batch);
        });
    }

    private void requireDelta(Batch batch) {
        TableModel model = table.model();
        SparkSession session = batch.session();
        if (model.name() == null || DeltaCommits.isDelta(session, model.name())) {
            return;
        }
        throw MillraceException.user(
                session.catalog().tableExists(model.name())
                        ? model.words()
                                + " is not a Delta table, and an upsert changes rows in place, which its format does not allow; make it one,"
                                + " or write an Iceberg table by product = iceberg"
                        : model.absent(batch.data().schema()));
    }

    @Override
    public List<String> targetNotes(SparkSession session) {
        return targetColumns(session)
                .map(upsert::notes)
                .orElseGet(() -> List.of(
                        table.model().name() == null
                                ? "the first batch makes the table"
                                : "the table is not there; create it, as a Delta table, before the first batch"));
    }
}
