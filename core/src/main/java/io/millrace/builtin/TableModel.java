package io.millrace.builtin;

import io.millrace.config.ConfigSection;
import io.millrace.spark.DeltaCommits;
import io.millrace.spark.SqlSyntax;
import io.millrace.spi.Delivery;
import io.millrace.spi.OptionDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The value of a model of product {@code table}. The same model may be written by one ETL and read by another, so both decode all of it.
 *
 * @param name in the session's catalog, or null
 * @param path of a Delta table, or null; exactly one of the two is there
 */
record TableModel(
        @Nullable String name,
        @Nullable String path,
        Map<String, String> options,
        List<String> partitionBy,
        TableSaveMode saveMode,
        Delivery delivery) {

    static final List<OptionDescription> OPTIONS = List.of(
            new OptionDescription(
                    "name", "text", "", "A table of Spark's catalog, with database where needed. Either name or path."),
            new OptionDescription("path", "text", "", "The folder of a Delta table. Either name or path."),
            new OptionDescription(
                    "options",
                    "object of texts",
                    "",
                    "Passed to Spark's reader and writer, such as skipChangeCommits = true for a stream from a table that is updated."),
            new OptionDescription(
                    "save-mode",
                    "append | overwrite",
                    "append",
                    "Whether rows that are there stay when others are written."),
            new OptionDescription(
                    "partition-by",
                    "list of texts",
                    "",
                    "Partition columns of a table at a path that is created by the first batch."),
            new OptionDescription(
                    "delivery",
                    "exactly-once | at-least-once",
                    "exactly-once",
                    "Delta tables hold each batch once. Tables of other formats can be written only where rows that come twice after a crash are"
                            + " accepted: at-least-once."));

    static Optional<TableModel> decode(ConfigSection value) {
        Optional<String> name = value.optionalString("name");
        Optional<String> path = value.optionalString("path");
        if (value.has("name") == value.has("path")) {
            value.problem("needs either a name or a path");
        }
        name.ifPresent(table -> checkName(value, table));
        Map<String, String> options = value.stringMap("options");
        List<String> partitionBy = value.strings("partition-by");
        if (name.isPresent() && !partitionBy.isEmpty()) {
            value.problem(
                    "partition-by",
                    "belongs to a table at a path: one with a name is created by you, with its partitions");
        }
        TableSaveMode saveMode =
                value.optionalEnum("save-mode", TableSaveMode.class).orElse(TableSaveMode.APPEND);
        Delivery delivery = value.optionalEnum("delivery", Delivery.class).orElse(Delivery.EXACTLY_ONCE);
        return value.build(
                () -> new TableModel(name.orElse(null), path.orElse(null), options, partitionBy, saveMode, delivery));
    }

    TableModel {
        options = Map.copyOf(options);
        partitionBy = List.copyOf(partitionBy);
    }

    /** {@code table sales.orders} or {@code Delta table in /lake/orders}. */
    String words() {
        return name == null ? "Delta table in " + path : "table " + name;
    }

    DeltaCommits commits(SparkSession session) {
        return name == null
                ? DeltaCommits.atPath(session, String.valueOf(path), storage())
                : DeltaCommits.ofTable(session, name);
    }

    /** Returns the rows of the table; empty where there is none. */
    Optional<Dataset<Row>> rows(SparkSession session) {
        if (name != null) {
            return session.catalog().tableExists(name) ? Optional.of(session.table(name)) : Optional.empty();
        }
        return commits(session).tableExists()
                ? Optional.of(session.read().format("delta").options(options).load(path))
                : Optional.empty();
    }

    /** The options that are settings of the storage, such as {@code fs.s3a.access.key}. */
    Map<String, String> storage() {
        Map<String, String> storage = new LinkedHashMap<>();
        options.forEach((key, setting) -> {
            if (key.startsWith("fs.")) {
                storage.put(key, setting);
            }
        });
        return storage;
    }

    private static void checkName(ConfigSection value, String name) {
        try {
            SqlSyntax.tableName(name);
        } catch (SqlSyntax.SyntaxException wrong) {
            value.problem("name", "is not the name of a table: " + wrong.getMessage());
        }
    }
}
