package io.millrace.product;

import io.millrace.model.ModelBuilder;
import io.millrace.spi.Delivery;
import java.util.List;

/**
 * A model of product {@code table}: a table of Spark's catalog, or a Delta table in a folder. {@code millrace describe table} says more of each
 * setting.
 *
 * <pre>{@code
 * Table.named("sales.customers")
 * Table.path("/lake/orders").partitionBy("order_date")
 * Table.path("/lake/current").upsert(UpsertOptions.on(List.of("order_id"), "updated_at"))
 * }</pre>
 */
public final class Table extends ModelBuilder<Table> {

    private Table(String setting, String value) {
        super("table");
        set(setting, value);
    }

    /** A table of Spark's catalog, with its database where that is needed. */
    public static Table named(String name) {
        return new Table("name", name);
    }

    /** The Delta table in a folder. */
    public static Table path(String folder) {
        return new Table("path", folder);
    }

    /** Passes an option to Spark's reader and writer. */
    public Table option(String name, Object value) {
        return set("options", name, value);
    }

    /** Keeps the rows that are there when others are written; so it is where nothing is said. */
    public Table append() {
        return set("save-mode", "append");
    }

    /** Replaces the rows that are there when others are written. */
    public Table overwrite() {
        return set("save-mode", "overwrite").set("overwrite", "static");
    }

    /** Replaces the partitions that a batch has rows for. */
    public Table overwritePartitions() {
        return set("save-mode", "overwrite").set("overwrite", "dynamic");
    }

    /** Keeps one row of each key, the newest one. The module {@code millrace-plugin-continuous-update} does it. */
    public Table upsert(UpsertOptions options) {
        options.settings().forEach(this::set);
        return set("save-mode", "upsert");
    }

    /** For an upsert: compacts the files of a Delta table after every so many batches, into so many files. */
    public Table compactEvery(int batches, int files) {
        return set("compact-frequency", batches).set("compact-num-file", files);
    }

    /** For an upsert: deletes files that a Delta table no longer needs after every so many batches, when they are so many hours old. */
    public Table vacuumEvery(int batches, int hours) {
        return set("vacuum-frequency", batches).set("retention-hours", hours);
    }

    /** For an upsert: gives a Delta table a symlink manifest after each commit. */
    public Table symlinkManifest() {
        return set("symlink-manifest", true);
    }

    /** Names the partition columns of a table in a folder that the first batch creates. */
    public Table partitionBy(String... columns) {
        return set("partition-by", List.of(columns));
    }

    /** Says what is wanted of a batch that is written again after a crash: tables other than Delta promise {@code AT_LEAST_ONCE} only. */
    public Table delivery(Delivery delivery) {
        return set("delivery", delivery);
    }
}
