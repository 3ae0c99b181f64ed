package io.millrace.builtin;

import io.millrace.config.MillraceException;
import io.millrace.spark.DeltaCommits;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.OutputId;
import io.millrace.spi.SchemaEnforcement;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes a table: each batch once where it is a Delta table. */
record TableSink(TableModel model) implements Sink, SupportsCommitHistory {

    @Override
    public String description() {
        String twice = model.delivery() == Delivery.AT_LEAST_ONCE
                ? ", rows of a batch that is written again may be there twice"
                : "";
        return model.words() + ", " + model.saveMode().word() + twice;
    }

    @Override
    public Delivery delivery() {
        return model.delivery();
    }

    @Override
    public CommitOutcome write(Batch batch) {
        return isDelta(batch.session())
                ? new DeltaWrite(model, batch).write()
                : new PlainTableWrite(model, batch).write();
    }

    @Override
    public Set<String> committedRequests(SparkSession session, OutputId output) {
        boolean known = model.name() == null || DeltaCommits.isDelta(session, model.name());
        return known ? model.commits(session).requests(output) : Set.of();
    }

    private boolean isDelta(SparkSession session) {
        if (model.name() == null) {
            return true;
        }
        boolean delta = DeltaCommits.isDelta(session, model.name());
        if (!delta
                && model.delivery() == Delivery.EXACTLY_ONCE
                && session.catalog().tableExists(model.name())) {
            throw MillraceException.user(model.words()
                    + " is not a Delta table: a batch that is written again after a crash would be in it twice; accept that"
                    + " with delivery = at-least-once");
        }
        return delta;
    }

    /** Fits the rows of a batch to an existing table. */
    static Dataset<Row> fitted(TableModel model, Batch batch, Dataset<Row> table) {
        return SchemaEnforcement.of(model.words(), table.schema()).apply(batch.data());
    }
}
