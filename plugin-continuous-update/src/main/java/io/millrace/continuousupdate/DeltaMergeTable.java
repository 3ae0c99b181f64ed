package io.millrace.continuousupdate;

import dev.failsafe.Failsafe;
import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTable;
import io.millrace.continuousupdate.internal.spark.DeltaMergeConflict;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.internal.spark.delta.DeltaColumns;
import io.millrace.internal.spark.delta.DeltaCommits;
import io.millrace.internal.spark.delta.DeltaTarget;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.ComputedColumns;
import io.millrace.spi.OutputId;
import io.millrace.spi.SchemaGrowth;
import io.millrace.spi.upsert.MergeOutcome;
import io.millrace.spi.upsert.MergeTable;
import io.millrace.spi.upsert.RowMerge;
import io.millrace.spi.upsert.SideTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A Delta table rows are merged into. */
final class DeltaMergeTable implements MergeTable {

    private final SparkSession session;
    private final DeltaPlace place;
    private final @Nullable StructType declared;
    private final List<String> partitionBy;
    private final CommitRetries retries;

    /**
     * Sees one.
     *
     * @param declared the columns of a table that is made; null to have them made of the rows
     * @param partitionBy the columns by which a table is partitioned that is made
     */
    DeltaMergeTable(
            SparkSession session,
            DeltaPlace place,
            @Nullable StructType declared,
            List<String> partitionBy,
            CommitRetries retries) {
        this.session = session;
        this.place = place;
        this.declared = declared;
        this.partitionBy = partitionBy;
        this.retries = retries;
    }

    /** Returns where it is. */
    DeltaPlace place() {
        return place;
    }

    @Override
    public Optional<CommitOutcome> before(Batch batch) {
        DeltaCommits commits = place.commits(session);
        return commits.tableExists() && commits.committed(batch.id())
                ? Optional.of(new AlreadyCommitted(DeltaTarget.name(commits.find(batch.id()))))
                : Optional.empty();
    }

    @Override
    public StructType columns(Supplier<StructType> ofRows) {
        if (!place.commits(session).tableExists()) {
            StructType columns = declared == null ? ofRows.get() : declared;
            EmptyTable.create(session, place.location(), columns, partitionBy, place.storage());
        }
        return rows().schema();
    }

    @Override
    public ComputedColumns computedColumns() {
        return place.commits(session).computedColumns();
    }

    @Override
    public void addColumns(Batch batch, SchemaGrowth growth) {
        DeltaColumns.add(session, growth.schema(), place.location(), place.storage(), batch.id());
    }

    @Override
    public Dataset<Row> rows() {
        return place.table(session).toDF();
    }

    /**
     * Merges in a session of the batch's own. Rows that are not settled are computed inside the merge's transaction, so that tombstones among them are
     * those of every commit it builds on; Delta then keeps the rows it made of them.
     */
    @Override
    public MergeOutcome merge(Batch batch, Attempt merge) {
        return new RetriedMerge(session, place, batch.id(), retries).run(() -> {
            RowMerge made = merge.merge();
            SparkSession own = DeltaCommits.sessionFor(session, batch.id());
            own.conf().set("spark.databricks.delta.merge.materializeSource", made.settled() ? "none" : "auto");
            return execute(own, made);
        });
    }

    @Override
    public long repair(OutputId output, RowMerge merge) {
        SparkSession own = DeltaUpsertMaintenance.session(session, output);
        return Failsafe.with(DeltaMergeConflict.<Dataset<Row>>retried(retries))
                .get(() -> execute(own, merge))
                .collectAsList()
                .stream()
                .mapToLong(row -> row.getLong(2))
                .sum();
    }

    @Override
    public SideTable beside() {
        return new DeltaSideTable(session, place);
    }

    /** Returns the entity's name and the place. */
    @Override
    public String toString() {
        return place.toString();
    }

    /** Returns Delta's answer; without rows where the table holds the batch already. */
    private Dataset<Row> execute(SparkSession own, RowMerge merge) {
        DeltaMergeBuilder builder =
                DeltaTable.forPath(own, place.location(), place.storage()).merge(merge.rows(), merge.on());
        if (merge.deletes().isPresent()) {
            builder = builder.whenMatched(merge.deletes().get()).delete();
        }
        if (merge.updates().isPresent()) {
            builder = builder.whenMatched(merge.updates().get()).update(changes(merge.values()));
        }
        if (merge.inserts().isPresent()) {
            builder = builder.whenNotMatched(merge.inserts().get()).insert(merge.values());
        }
        return builder.execute();
    }

    /** Returns the values without those of columns that the table numbers: Delta refuses to change them, whatever to. */
    private Map<String, Column> changes(Map<String, Column> values) {
        Map<String, Column> changes = new LinkedHashMap<>(values);
        computedColumns().numbered().forEach(column -> changes.remove(ColumnNames.quoted(column)));
        return changes;
    }
}
