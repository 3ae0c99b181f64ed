package io.millrace.iceberg.internal.entity;

import io.millrace.iceberg.internal.commit.BatchHistory;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.model.SchemaContract;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.OutputId;
import io.millrace.spi.SchemaGrowth;
import io.millrace.spi.upsert.MergeOutcome;
import io.millrace.spi.upsert.MergeTable;
import io.millrace.spi.upsert.RowMerge;
import io.millrace.spi.upsert.SideTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The table of a model that rows are upserted into: made where there is none, and brought to the model's layout, before a batch is merged. */
public final class UpsertedTable implements MergeTable {

    private final IcebergModel model;
    private final SparkSession session;
    private final IcebergTargetTable target;
    private final Optional<Table> found;
    private @Nullable IcebergMergeTable ready;

    /** Looks for the table; makes nothing yet. */
    public UpsertedTable(IcebergModel model, SparkSession session) {
        this.model = model;
        this.session = session;
        this.target = new IcebergTargetTable(model, session);
        this.found = target.find();
    }

    @Override
    public Optional<CommitOutcome> before(Batch batch) {
        return found.flatMap(table ->
                BatchHistory.ofMerge(model, batch, CommitRetries.STANDARD).before(table));
    }

    @Override
    public StructType columns(Supplier<StructType> ofRows) {
        StructType rows = found.isPresent() ? new StructType() : ofRows.get();
        Table table = target.ready(found, rows, SchemaContract.NONE.table());
        target.branch(table);
        StructType columns = SparkSchemaUtil.convert(table.schema());
        ready = new IcebergMergeTable(session, model.words(), columns, List.of(), model, table);
        return columns;
    }

    @Override
    public void addColumns(Batch batch, SchemaGrowth growth) {
        ready().addColumns(batch, growth);
    }

    @Override
    public Dataset<Row> rows() {
        return ready().rows();
    }

    @Override
    public MergeOutcome merge(Batch batch, Attempt merge) {
        return ready().merge(batch, merge);
    }

    @Override
    public long repair(OutputId output, RowMerge merge) {
        return ready().repair(output, merge);
    }

    @Override
    public SideTable beside() {
        return ready().beside();
    }

    private IcebergMergeTable ready() {
        if (ready == null) {
            throw new IllegalStateException(model.words() + ": its columns are asked for first");
        }
        return ready;
    }

    /** Returns how messages name it. */
    @Override
    public String toString() {
        return model.words();
    }
}
