package io.millrace.iceberg;

import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.catalog.IcebergErrors;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import io.millrace.internal.spark.ActiveSession;
import io.millrace.spi.ReadContext;
import io.millrace.spi.StreamingSource;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table, read whole; or its new rows, where it is streamed. */
record IcebergSource(IcebergModel model) implements StreamingSource {

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
        SparkSession session = context.session();
        return opened(session, () -> session.read().options(model.options()).table(name()));
    }

    @Override
    public Dataset<Row> readStream(ReadContext context) {
        SparkSession session = context.session();
        return opened(
                session, () -> session.readStream().options(model.options()).table(name()));
    }

    private Dataset<Row> opened(SparkSession session, Callable<Dataset<Row>> reading) {
        if (new IcebergTargetTable(model, session).find().isEmpty()) {
            throw MillraceException.user(
                    model.words() + " does not exist; create it, or let an ETL of this pipegraph write it first");
        }
        try {
            return ActiveSession.in(session, reading);
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw IcebergErrors.of("cannot read " + model.words(), failed);
        }
    }

    private String name() {
        return model.table().sql(model.branch());
    }
}
