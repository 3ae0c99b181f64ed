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
        return set("save-mode", "overwrite");
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
