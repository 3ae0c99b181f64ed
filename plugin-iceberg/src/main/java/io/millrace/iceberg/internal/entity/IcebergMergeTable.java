package io.millrace.iceberg.internal.entity;

import dev.failsafe.Failsafe;
import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.action.TableActionTarget;
import io.millrace.iceberg.internal.commit.BatchHistory;
import io.millrace.iceberg.internal.commit.BatchSnapshots;
import io.millrace.iceberg.internal.commit.IcebergMergeCommit;
import io.millrace.iceberg.internal.spark.MergeStatement;
import io.millrace.iceberg.internal.table.IcebergConflicts;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.internal.spark.ActiveSession;
import io.millrace.internal.spark.rows.SettledRows;
import io.millrace.model.SchemaContract;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.OutputId;
import io.millrace.spi.SchemaGrowth;
import io.millrace.spi.upsert.MergeOutcome;
import io.millrace.spi.upsert.MergeTable;
import io.millrace.spi.upsert.RowMerge;
import io.millrace.spi.upsert.SideTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** An Iceberg table rows are merged into; it is there. */
final class IcebergMergeTable implements MergeTable {

    private static final String REPAIR = "millrace.repair";
    private static final String FIGURES = "spark.merge-into.num-target-rows-";

    private final SparkSession session;
    private final String words;
    private final StructType columns;
    private final List<String> warnings;
    private final IcebergModel model;
    private final Table table;
    private final IcebergTargetTable target;

    /**
     * Sees one.
     *
     * @param words names it in messages
     * @param columns its columns
     * @param warnings what every batch is to be told
     */
    IcebergMergeTable(
            SparkSession session,
            String words,
            StructType columns,
            List<String> warnings,
            IcebergModel model,
            Table table) {
        this.session = session;
        this.words = words;
        this.columns = columns;
        this.warnings = warnings;
        this.model = model;
        this.table = table;
        this.target = new IcebergTargetTable(model, session);
    }

    @Override
    public Optional<CommitOutcome> before(Batch batch) {
        return BatchHistory.ofMerge(model, batch, CommitRetries.STANDARD).before(table);
    }

    @Override
    public StructType columns(Supplier<StructType> ofRows) {
        return columns;
    }

    @Override
    public void addColumns(Batch batch, SchemaGrowth growth) {
        requireTypes(growth.schema());
        target.ready(Optional.of(table), growth.schema(), SchemaContract.Policy.EVOLVE);
    }

    /** Iceberg widens what it has no type for; rows of the next batch would then not fit. */
    private void requireTypes(StructType columns) {
        StructType kept = SparkSchemaUtil.convert(SparkSchemaUtil.convert(columns));
        for (int i = 0; i < columns.size(); i++) {
            StructField wanted = columns.fields()[i];
            DataType type = kept.fields()[i].dataType();
            if (!type.catalogString().equals(wanted.dataType().catalogString())) {
                throw MillraceException.user(words + ": cannot have a column " + wanted.name() + " of type "
                        + wanted.dataType().sql() + ", which Iceberg would make " + type.sql() + "; cast it to that");
            }
        }
    }

    @Override
    public Dataset<Row> rows() {
        return session.table(name());
    }

    @Override
    public MergeOutcome merge(Batch batch, Attempt merge) {
        BatchHistory history = BatchHistory.ofMerge(model, batch, CommitRetries.STANDARD);
        CommitOutcome outcome = new IcebergMergeCommit(model, batch, target, history, CommitRetries.STANDARD)
                .run(table, 0, () -> execute(merge.merge()));
        if (!(outcome instanceof Committed committed)) {
            return new MergeOutcome.Ended(outcome);
        }
        try {
            return merged(batch, committed);
        } catch (RuntimeException unreadable) {
            return new MergeOutcome.Ended(new Unknown(MillraceException.external(
                    model.words() + ": the batch is merged, but the table cannot be read: " + unreadable.getMessage(),
                    unreadable)));
        }
    }

    @Override
    public long repair(OutputId output, RowMerge merge) {
        String mark = output + " " + UUID.randomUUID();
        new TableActionTarget(model, session)
                .doing("cannot repair", () -> Failsafe.with(IcebergConflicts.retriedMerge(CommitRetries.STANDARD))
                        .get(() -> CommitMetadata.withCommitProperties(
                                Map.of(REPAIR, mark), () -> execute(merge), Exception.class)));
        table.refresh();
        return BatchSnapshots.history(table, model.branch())
                .filter(made -> mark.equals(made.summary().get(REPAIR)))
                .mapToLong(made -> figure(made, FIGURES + "deleted"))
                .sum();
    }

    @Override
    public SideTable beside() {
        return new IcebergSideTable(session, model);
    }

    /** A MERGE reads the rows twice: to find the files it has to rewrite, and to write them. */
    private Object execute(RowMerge merge) throws Exception {
        if (merge.settled()) {
            return run(merge, merge.rows());
        }
        try (SettledRows settled = SettledRows.of(merge.rows())) {
            return run(merge, settled.rows());
        }
    }

    private Object run(RowMerge merge, Dataset<Row> rows) throws Exception {
        return ActiveSession.in(session, () -> {
            MergeStatement.run(merge, rows, name());
            return merge;
        });
    }

    private MergeOutcome merged(Batch batch, Committed committed) {
        List<String> told = new ArrayList<>(committed.warnings());
        told.addAll(warnings);
        if ("snapshot".equalsIgnoreCase(table.properties().get(TableProperties.MERGE_ISOLATION_LEVEL))) {
            told.add(
                    model.words() + " has " + TableProperties.MERGE_ISOLATION_LEVEL
                            + " = snapshot: where two writers add one key at the same time, both rows stay; set it to serializable");
        }
        Optional<Snapshot> snapshot = BatchSnapshots.find(table, model.branch(), batch.id());
        return snapshot.map(made -> new MergeOutcome.Merged(
                        committed.commit(),
                        figure(made, FIGURES + "inserted"),
                        figure(made, FIGURES + "updated"),
                        figure(made, FIGURES + "deleted"),
                        files(made),
                        told))
                .orElseGet(() -> new MergeOutcome.Merged("", 0, 0, 0, Map.of(), told));
    }

    private static Map<String, Long> files(Snapshot made) {
        long added = figure(made, "added-data-files");
        long rewritten = figure(made, "deleted-data-files");
        Map<String, Long> files = new LinkedHashMap<>();
        files.put("files-in-table", figure(made, "total-data-files") - added + rewritten);
        files.put("files-rewritten", rewritten);
        files.put("files-added", added);
        return files;
    }

    private static long figure(Snapshot snapshot, String name) {
        return Long.parseLong(snapshot.summary().getOrDefault(name, "0"));
    }

    private String name() {
        return model.table().sql(model.branch());
    }

    /** Returns how messages name it. */
    @Override
    public String toString() {
        return words;
    }
}
