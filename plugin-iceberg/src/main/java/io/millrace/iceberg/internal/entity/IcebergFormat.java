package io.millrace.iceberg.internal.entity;

import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.SaveMode;
import io.millrace.config.ConfigDocument;
import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.action.MetadataFile;
import io.millrace.iceberg.internal.action.TableActionTarget;
import io.millrace.iceberg.internal.action.TableCompaction;
import io.millrace.iceberg.internal.action.TableFolder;
import io.millrace.iceberg.internal.catalog.Catalogs;
import io.millrace.iceberg.internal.commit.BatchHistory;
import io.millrace.iceberg.internal.commit.BatchSnapshots;
import io.millrace.iceberg.internal.commit.TableWrite;
import io.millrace.iceberg.internal.spark.SessionCatalogs;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.IcebergTableName;
import io.millrace.iceberg.internal.table.IcebergTargetTable;
import io.millrace.iceberg.internal.table.WriteKind;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.internal.spark.Sessions;
import io.millrace.model.SchemaContract;
import io.millrace.parallelwrite.ColdFormat;
import io.millrace.parallelwrite.ColdTarget;
import io.millrace.parallelwrite.DeclaredTable;
import io.millrace.parallelwrite.MergeableFormat;
import io.millrace.parallelwrite.WriteSettings;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.Counts;
import io.millrace.spi.OutputId;
import io.millrace.spi.Preparation;
import io.millrace.spi.SchemaGrowth;
import io.millrace.spi.upsert.MergeTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkWriteOptions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Iceberg as a format of entities: tables in a catalog of Iceberg's, written as product {@code iceberg} writes them. */
public final class IcebergFormat implements ColdFormat, MergeableFormat {

    static final String CREDENTIALS =
            "the entity's temporary credentials were not used: an Iceberg catalog opens its storage by its own settings";

    /** Made by {@link java.util.ServiceLoader}. */
    public IcebergFormat() {}

    @Override
    public EntityFormat format() {
        return EntityFormat.ICEBERG;
    }

    @Override
    public String provider() {
        return "iceberg";
    }

    /** A table that is not in its catalog yet will be looked for there all the same, so what an embedded catalog needs is made. */
    @Override
    public void prepare(ConfigDocument settings, SparkSession session, String table) {
        Optional<IcebergTableName> name = IcebergTableName.parse(table);
        name.flatMap(parsed -> Catalogs.load(settings).named(parsed.catalog())).ifPresent(catalog -> {
            catalog.create();
            catalog.register(session);
            SessionCatalogs.open(session, catalog.name());
        });
    }

    @Override
    public void createTable(SparkSession session, DeclaredTable table) {
        String name = table.name();
        IcebergModel model = model(name, WriteKind.APPEND, Map.of());
        checkCatalog(session, model);
        TableActionTarget target = new TableActionTarget(model, session);
        TableFolder folder = TableFolder.unknown(target, table.location());
        List<MetadataFile> versions =
                target.doing("cannot list the versions of", () -> MetadataFile.in(folder.metadata(), folder.files()));
        if (versions.isEmpty()) {
            session.sql(table.createStatement(provider()));
        } else {
            target.doing("cannot register", () -> new IcebergTargetTable(model, session)
                    .register(versions.get(0).location()));
        }
    }

    @Override
    public ColdTarget addColumns(Batch batch, SchemaGrowth growth, ColdTarget target) {
        IcebergModel model = model(target.table(), WriteKind.APPEND, Map.of());
        IcebergTargetTable table = new IcebergTargetTable(model, batch.session());
        table.ready(table.find(), growth.schema(), SchemaContract.Policy.EVOLVE);
        return target.schema(growth.schema());
    }

    @Override
    public CommitOutcome write(Batch batch, Dataset<Row> rows, WriteSettings write, ColdTarget target) {
        WriteKind kind = kind(write);
        Batch fitted = batch.with(rows);
        return Preparation.asking("cannot write " + target, () -> {
            IcebergModel model = model(target.table(), kind, options(write));
            checkCatalog(batch.session(), model);
            IcebergTargetTable table = new IcebergTargetTable(model, batch.session());
            Optional<Table> there = table.find();
            there.ifPresent(found -> checkPlace(found, target));
            BatchHistory history = new BatchHistory(model, fitted, CommitRetries.STANDARD);
            Optional<CommitOutcome> before = there.flatMap(history::before);
            return before.isPresent() ? before::get : () -> write(fitted, write.mode(), target, table, there, history);
        });
    }

    private static CommitOutcome write(
            Batch batch,
            SaveMode mode,
            ColdTarget target,
            IcebergTargetTable table,
            Optional<Table> there,
            BatchHistory history) {
        return Preparation.of("cannot write " + target, () -> {
            boolean decidedByContent = mode == SaveMode.IGNORE || mode == SaveMode.ERROR_IF_EXISTS;
            if (!decidedByContent || there.isEmpty() || !holdsRows(batch.session(), there.get(), target)) {
                return () -> appended(batch, target, table, there, history);
            }
            CommitOutcome outcome = mode == SaveMode.IGNORE
                    ? new Committed("", new Counts(0, batch.rows().count(), 0, 0, 0))
                    : new Rejected(
                            MillraceException.user(target + " holds rows already, and the save mode is errorIfExists"));
            return () -> outcome;
        });
    }

    private static CommitOutcome appended(
            Batch batch, ColdTarget target, IcebergTargetTable table, Optional<Table> there, BatchHistory history) {
        CommitOutcome outcome = new TableWrite(table.model(), SchemaContract.NONE.table(), CommitRetries.STANDARD)
                .write(batch, table, there, history);
        return outcome instanceof Committed committed
                        && !target.storageOptions().isEmpty()
                ? warned(committed)
                : outcome;
    }

    @Override
    public MergeTable mergeTable(SparkSession session, ColdTarget target) {
        IcebergModel model = model(target.table(), WriteKind.APPEND, Map.of());
        checkCatalog(session, model);
        Table table = new TableActionTarget(model, session).existing();
        checkPlace(table, target);
        return new IcebergMergeTable(
                session,
                target.toString(),
                target.schema(),
                target.storageOptions().isEmpty() ? List.of() : List.of(CREDENTIALS),
                model,
                table);
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output, ColdTarget target) {
        IcebergModel model = model(target.table(), WriteKind.APPEND, Map.of());
        checkCatalog(session, model);
        return new IcebergTargetTable(model, session)
                .find()
                .map(table -> BatchSnapshots.lastBatches(table, null, output))
                .orElse(Map.of());
    }

    @Override
    public CompactionResult compact(
            SparkSession session, CompactionRequest request, @Nullable Long targetFileSize, ColdTarget target) {
        IcebergModel model = model(target.table(), WriteKind.APPEND, Map.of());
        checkCatalog(session, model);
        return new TableCompaction(model, Sessions.beside(session))
                .run(request.targetFileSize(request.targetFileSize(targetFileSize)));
    }

    private static IcebergModel model(String table, WriteKind kind, Map<String, String> options) {
        return IcebergModel.of(
                IcebergTableName.parse(table)
                        .orElseThrow(
                                () -> MillraceException.user(
                                        "table " + table
                                                + " has no catalog in its name, and Iceberg tables are in catalogs of Iceberg's: catalog.database.table")),
                kind,
                options);
    }

    private static WriteKind kind(WriteSettings write) {
        if (write.mode() != SaveMode.OVERWRITE) {
            return WriteKind.APPEND;
        }
        return write.samePartitions() ? WriteKind.OVERWRITE_PARTITIONS : WriteKind.OVERWRITE;
    }

    private static Map<String, String> options(WriteSettings write) {
        Map<String, String> options = new HashMap<>();
        if (write.targetFileSize() != null) {
            options.put(SparkWriteOptions.TARGET_FILE_SIZE_BYTES, Long.toString(write.targetFileSize()));
        }
        return options;
    }

    private static void checkCatalog(SparkSession session, IcebergModel model) {
        String catalog = model.table().catalog();
        if (!SessionCatalogs.isIceberg(session, catalog)) {
            throw MillraceException.user(
                    "table " + model.table() + " is to be an Iceberg table, but " + catalog
                            + " is no catalog of Iceberg's; name one in the entity's table, and say under plugin.iceberg.catalogs what it is");
        }
    }

    /** An Iceberg table lies where its catalog says, and nowhere else. */
    private static void checkPlace(Table table, ColdTarget target) {
        if (!plain(table.location()).equals(plain(target.location()))) {
            throw MillraceException.user(target + ": the table lies at " + table.location()
                    + ", where its files belong; let the entity have the table's location");
        }
    }

    private static String plain(String location) {
        return location.replaceFirst("^s3n?:", "s3a:")
                .replaceFirst("^file:/*", "/")
                .replaceFirst("/+$", "");
    }

    private static boolean holdsRows(SparkSession session, Table table, ColdTarget target) {
        return table.currentSnapshot() != null && !session.table(target.table()).isEmpty();
    }

    private static Committed warned(Committed committed) {
        List<String> warnings = new ArrayList<>(committed.warnings());
        warnings.add(CREDENTIALS);
        return new Committed(committed.commit(), committed.counts(), committed.details(), warnings);
    }
}
