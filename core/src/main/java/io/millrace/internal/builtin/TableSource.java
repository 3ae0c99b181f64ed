package io.millrace.internal.builtin;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.delta.DeltaCommits;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Source;
import io.millrace.spi.StreamingSource;
import io.millrace.spi.SupportsVersions;
import io.millrace.spi.VersionedTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table, read whole; or its new rows, where it is streamed. */
record TableSource(TableModel model) implements StreamingSource, SupportsVersions {

    @Override
    public String description() {
        return model.words();
    }

    @Override
    public boolean streamsByDefault() {
        return false;
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        require(context.session());
        var reader = context.session().read().options(model.options());
        return model.name() == null ? reader.format("delta").load(model.path()) : reader.table(model.name());
    }

    @Override
    public Dataset<Row> readStream(ReadContext context) {
        require(context.session());
        var reader = context.session().readStream().options(model.options());
        if (model.name() == null) {
            return reader.format("delta").load(model.path());
        }
        if (!DeltaCommits.isDelta(context.session(), model.name())) {
            throw MillraceException.user(model.words() + " is not a Delta table and cannot be streamed");
        }
        return reader.table(model.name());
    }

    @Override
    public Source asOf(String version) {
        return new TableSource(model.asOf(version));
    }

    @Override
    public long number(String version) {
        return Long.parseLong(version);
    }

    @Override
    public VersionedTable table(SparkSession session) {
        if (model.name() != null) {
            require(session);
            if (!DeltaCommits.isDelta(session, model.name())) {
                throw MillraceException.user(model.words() + " is not a Delta table, and has no versions");
            }
        }
        return model.commits(session).versions(model.words()).orElseThrow(this::absent);
    }

    private void require(SparkSession session) {
        boolean there = model.name() == null
                ? model.commits(session).tableExists()
                : session.catalog().tableExists(model.name());
        if (!there) {
            throw absent();
        }
    }

    private MillraceException absent() {
        return MillraceException.user(
                model.words() + " does not exist; create it, or let an ETL of this pipegraph write it first");
    }
}
