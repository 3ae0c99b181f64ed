package io.millrace.iceberg.internal.entity;

import io.millrace.iceberg.internal.action.RowDeletion;
import io.millrace.iceberg.internal.action.SnapshotExpiry;
import io.millrace.iceberg.internal.action.TableActionTarget;
import io.millrace.iceberg.internal.action.TableCompaction;
import io.millrace.iceberg.internal.commit.BatchSnapshots;
import io.millrace.iceberg.internal.commit.TableWrite;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.internal.spark.Sessions;
import io.millrace.model.SchemaContract;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.upsert.SideTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** A table beside another one, in the same catalog and namespace, with a longer name. */
final class IcebergSideTable implements SideTable {

    private static final String ENDING = "_tombstones";

    private final SparkSession session;
    private final IcebergModel model;

    /** @param beside the other one; of each of its branches there is a table */
    IcebergSideTable(SparkSession session, IcebergModel beside) {
        String branch = beside.branch() == null ? "" : "_" + beside.branch();
        this.session = session;
        this.model = beside.appendingTo(beside.table().beside(branch + ENDING));
    }

    @Override
    public long version() {
        return new IcebergTargetTable(model, session)
                .find()
                .map(IcebergSideTable::version)
                .orElse(-1L);
    }

    private static long version(Table table) {
        @Nullable Snapshot newest = BatchSnapshots.newest(table, null);
        return newest == null ? 0 : newest.sequenceNumber();
    }

    @Override
    public Dataset<Row> rows() {
        return session.table(model.table().sql(model.branch()));
    }

    @Override
    public CommitOutcome add(Batch batch, Dataset<Row> rows) {
        return new TableWrite(model, SchemaContract.NONE.table(), CommitRetries.STANDARD)
                .write(new Batch(batch.id(), rows, batch.mode(), batch.deadLetters()));
    }

    @Override
    public void forget(String column, Instant time) {
        TableActionTarget table = new TableActionTarget(model, session);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        new RowDeletion(column + " < timestamp_micros(" + micros + ")").on(table);
        new TableCompaction(model, Sessions.beside(session)).run(CompactionRequest.all());
        new SnapshotExpiry(null, List.of(), OptionalInt.empty(), OptionalInt.empty(), false).on(table);
    }

    /** Returns the table. */
    @Override
    public String toString() {
        return model.words();
    }
}
