package io.millrace.iceberg;

import io.millrace.model.ModelBuilder;
import io.millrace.product.UpsertOptions;
import java.util.List;

/**
 * A model of product {@code iceberg}: a table of one of Iceberg's catalogs. {@code millrace describe iceberg} says more of each setting.
 *
 * <pre>{@code
 * Iceberg.table("icebase.raw01.rides").partitionBy("day(at)")
 * }</pre>
 */
public final class Iceberg extends ModelBuilder<Iceberg> {

    private Iceberg(String table) {
        super("iceberg");
        set("table", table);
    }

    /** A table by its catalog, namespaces and name: {@code icebase.raw01.rides}. */
    public static Iceberg table(String name) {
        return new Iceberg(name);
    }

    /** Keeps the rows that are there when others are written; so it is where nothing is said. */
    public Iceberg append() {
        return set("save-mode", "append");
    }

    /** Replaces the whole table by each batch. */
    public Iceberg overwrite() {
        return set("save-mode", "overwrite").set("overwrite", "static");
    }

    /** Replaces the partitions a batch has rows for. */
    public Iceberg overwritePartitions() {
        return set("save-mode", "overwrite").set("overwrite", "dynamic");
    }

    /** Keeps one row of each key, the newest one. The module {@code millrace-plugin-continuous-update} does it. */
    public Iceberg upsert(UpsertOptions options) {
        options.settings().forEach(this::set);
        return set("save-mode", "upsert");
    }

    /**
     * Merges each batch into the table.
     *
     * @param on which rows belong together; the table is {@code t}, the batch {@code s}: {@code t.id = s.id}
     * @param when what is done with them, in this order: {@code MATCHED THEN UPDATE SET *}
     */
    public Iceberg merge(String on, String... when) {
        return set("save-mode", "merge").set("merge.on", on).set("merge.when", List.of(when));
    }

    /** Says which partitions a table has that is made: {@code month(day) AS month}, {@code bucket(16, id)}. */
    public Iceberg partitionBy(String... partitions) {
        return set("partition-by", List.of(partitions));
    }

    /** Names the columns by which files are sorted: {@code id DESC NULLS LAST}. */
    public Iceberg sortBy(String... columns) {
        return set("sort-by", List.of(columns));
    }

    /** Sends the rows of one partition to one task each. */
    public Iceberg distributeByHash() {
        return set("distribution", "hash");
    }

    /** Sends rows to the tasks that write them by ranges of the order in which files are sorted. */
    public Iceberg distributeByRange() {
        return set("distribution", "range");
    }

    /** Lets each task write the rows that it has. */
    public Iceberg distributeAsTheyCome() {
        return set("distribution", "none");
    }

    /** Sets a property of the table, where it is made and where it has another. */
    public Iceberg property(String name, String value) {
        return set("properties", name, value);
    }

    /** Commits each batch by itself; so it is where nothing is said. */
    public Iceberg ownCommits() {
        return set("commit", "own");
    }

    /** Commits a batch together with those of other jobs of the application that append to the table just then. */
    public Iceberg sharedCommits() {
        return set("commit", "shared");
    }

    /** Reads or writes one of the table's branches. */
    public Iceberg branch(String name) {
        return set("branch", name);
    }

    /** Passes an option to Iceberg's reader and writer, such as {@code write-format}. */
    public Iceberg option(String name, Object value) {
        return set("options", name, value);
    }
}
