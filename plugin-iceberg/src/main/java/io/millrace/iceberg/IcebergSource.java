package io.millrace.iceberg;

import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.catalog.IcebergErrors;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import io.millrace.iceberg.internal.table.IcebergVersions;
import io.millrace.internal.spark.ActiveSession;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Source;
import io.millrace.spi.StreamingSource;
import io.millrace.spi.SupportsVersions;
import io.millrace.spi.VersionedTable;
import java.util.concurrent.Callable;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A table, read whole; or its new rows, where it is streamed.
 *
 * @param version the snapshot that is read; null for the newest
 */
record IcebergSource(IcebergModel model, @Nullable String version) implements StreamingSource, SupportsVersions {

    IcebergSource(IcebergModel model) {
        this(model, null);
    }

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
        return opened(
                session,
                () -> version == null
                        ? session.read().options(model.options()).table(name())
                        : session.read()
                                .options(model.options())
                                .option("versionAsOf", IcebergVersions.snapshot(version))
                                .table(model.table().sql(null)));
    }

    @Override
    public Dataset<Row> readStream(ReadContext context) {
        SparkSession session = context.session();
        return opened(
                session, () -> session.readStream().options(model.options()).table(name()));
    }

    @Override
    public Source asOf(String other) {
        return new IcebergSource(model, other);
    }

    @Override
    public long number(String other) {
        return IcebergVersions.number(other);
    }

    @Override
    public VersionedTable table(SparkSession session) {
        Table table = new IcebergTargetTable(model, session).find().orElseThrow(this::absent);
        return new IcebergVersions(table, model.words(), model.branch());
    }

    private MillraceException absent() {
        return MillraceException.user(
                model.words() + " does not exist; create it, or let an ETL of this pipegraph write it first");
    }

    private Dataset<Row> opened(SparkSession session, Callable<Dataset<Row>> reading) {
        if (new IcebergTargetTable(model, session).find().isEmpty()) {
            throw absent();
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
