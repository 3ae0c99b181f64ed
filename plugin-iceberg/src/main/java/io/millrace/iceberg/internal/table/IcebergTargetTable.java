package io.millrace.iceberg.internal.table;

import dev.failsafe.Failsafe;
import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.catalog.IcebergErrors;
import io.millrace.iceberg.internal.catalog.Namespaces;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.internal.spark.ActiveSession;
import io.millrace.model.SchemaContract;
import io.millrace.spi.SchemaGrowth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The table of a model, seen from a session. */
public final class IcebergTargetTable {

    private final IcebergModel model;
    private final SparkSession session;

    /** Lets the session know the catalog, where the configuration says what it is. */
    public IcebergTargetTable(IcebergModel model, SparkSession session) {
        this.model = model;
        this.session = session;
        if (model.catalog() != null) {
            model.catalog().requireClasses(IcebergTargetTable.class.getClassLoader());
            model.catalog().register(session);
        }
    }

    /** Returns the model. */
    public IcebergModel model() {
        return model;
    }

    /**
     * Returns the table as it is now; empty where there is none.
     *
     * @throws MillraceException of kind EXTERNAL where the catalog fails, USER where there is no such catalog
     */
    public Optional<Table> find() {
        if (model.catalog() != null && !model.catalog().exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of(catalog().loadTable(name()));
        } catch (NoSuchTableException absent) {
            return Optional.empty();
        } catch (Exception failed) {
            throw IcebergErrors.of("cannot open " + model.words(), failed);
        }
    }

    /**
     * Returns the table, made where there is none; by whomever, where several come at once. Brings it to the model's layout.
     *
     * @param there what {@link #find} has found
     * @param rows the columns of a table that is made
     * @param newColumns what is to become of columns of the rows that the table has not
     */
    public Table ready(Optional<Table> there, StructType rows, SchemaContract.Policy newColumns) {
        Table table = there.isPresent() ? there.get() : created(rows);
        checkPartitions(table);
        bring(table);
        if (newColumns == SchemaContract.Policy.EVOLVE) {
            SchemaGrowth growth = SchemaGrowth.between(SparkSchemaUtil.convert(table.schema()), rows);
            if (!growth.added().isEmpty()) {
                grow(table, growth.schema());
            }
        }
        return table;
    }

    private Table created(StructType rows) {
        String what = "cannot create " + model.words();
        NewTable table = NewTable.of(what, model.layout(), rows);
        if (model.catalog() != null) {
            model.catalog().create();
        }
        try {
            return table.createIn(catalog(), name());
        } catch (AlreadyExistsException meanwhile) {
            return find().orElseThrow(
                            () -> MillraceException.external(what + ": " + meanwhile.getMessage(), meanwhile));
        } catch (Exception failed) {
            throw IcebergErrors.of(what, failed);
        }
    }

    /** Refuses a model whose partitions are not the table's. */
    public void checkPartitions(Table table) {
        if (model.layout().partitionBy().isEmpty()) {
            return;
        }
        PartitionSpec wanted;
        try {
            wanted = PartitionBy.spec(model.layout().partitionBy(), table.schema());
        } catch (RuntimeException refused) {
            throw MillraceException.user(
                    model.words() + " cannot be partitioned by "
                            + model.layout().partitions() + ": " + refused.getMessage(),
                    refused);
        }
        if (!PartitionBy.written(wanted).equals(PartitionBy.written(table.spec()))) {
            throw MillraceException.user(model.words() + " is partitioned by " + PartitionBy.written(table.spec())
                    + ", but partition-by says " + PartitionBy.written(wanted)
                    + "; write what the table has, or leave partition-by out. (millrace sql \"ALTER TABLE … ADD PARTITION FIELD …\" --with FILE"
                    + " changes the partitions of rows to come.)");
        }
    }

    private void bring(Table table) {
        set(table, model.layout().properties());
        try {
            if (!model.layout().sortBy().isEmpty()
                    && !SortBy.order(model.layout().sortBy(), table.schema()).sameOrder(table.sortOrder())) {
                Failsafe.with(IcebergConflicts.retried(CommitRetries.STANDARD))
                        .run(() -> SortBy.replace(model.layout().sortBy(), table));
            }
        } catch (IllegalArgumentException refused) {
            throw MillraceException.user(model.words() + ": " + refused.getMessage(), refused);
        } catch (RuntimeException failed) {
            throw IcebergErrors.of("cannot change the order of " + model.words(), failed);
        }
    }

    /** Sets properties of a table, where it has others. */
    public void set(Table table, Map<String, String> properties) {
        if (properties(table).entrySet().containsAll(properties.entrySet())) {
            return;
        }
        try {
            UpdateProperties update = table.updateProperties();
            properties.forEach(update::set);
            Failsafe.with(IcebergConflicts.retried(CommitRetries.STANDARD)).run(update::commit);
        } catch (IllegalArgumentException refused) {
            throw MillraceException.user(model.words() + ": " + refused.getMessage(), refused);
        } catch (RuntimeException failed) {
            throw IcebergErrors.of("cannot change properties of " + model.words(), failed);
        }
    }

    /** Makes the model's branch where the table has none of that name. */
    public void branch(Table table) {
        if (model.branch() == null || table.refs().containsKey(model.branch())) {
            return;
        }
        try {
            table.manageSnapshots().createBranch(model.branch()).commit();
        } catch (RuntimeException failed) {
            table.refresh();
            if (!table.refs().containsKey(model.branch())) {
                throw IcebergErrors.of("cannot make a branch of " + model.words(), failed);
            }
        }
    }

    /** Returns a table's properties, with the one that is not kept among them. */
    private static Map<String, String> properties(Table table) {
        Map<String, String> properties = new HashMap<>(table.properties());
        properties.put(TableProperties.FORMAT_VERSION, Integer.toString(TableUtil.formatVersion(table)));
        return properties;
    }

    /** Gives the table the columns it lacks. Those that somebody else adds meanwhile are kept. */
    private void grow(Table table, StructType columns) {
        try {
            Failsafe.with(IcebergConflicts.retried(CommitRetries.STANDARD)).run(() -> {
                table.refresh();
                table.updateSchema()
                        .caseSensitive(false)
                        .unionByNameWith(SparkSchemaUtil.convertWithFreshIds(table.schema(), columns, false))
                        .commit();
            });
        } catch (RuntimeException failed) {
            throw IcebergErrors.of("cannot add columns to " + model.words(), failed);
        }
    }

    /** Lets the catalog know the table, which it does not, by the metadata of one of its versions. */
    public Table register(String metadata) throws Exception {
        if (model.catalog() != null) {
            model.catalog().create();
        }
        Namespaces.create(catalog(), name().namespace());
        return catalog().registerTable(name(), metadata);
    }

    /**
     * Lets the catalog show another version of the table, by its metadata.
     *
     * @throws UnsupportedOperationException where the catalog can register new tables only
     */
    public void replace(String metadata) throws Exception {
        catalog().registerTable(name(), metadata, true);
    }

    private Catalog catalog() throws Exception {
        try {
            return ActiveSession.in(
                    session,
                    () -> Spark3Util.loadIcebergCatalog(session, model.table().catalog()));
        } catch (IllegalArgumentException none) { // not Iceberg's, or none that can be made
            throw MillraceException.user(model.words() + ": " + none.getMessage(), none);
        }
    }

    private TableIdentifier name() {
        return model.table().identifier();
    }
}
