package io.millrace.internal.builtin;

import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.internal.spark.delta.DeltaCommits;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.spi.Delivery;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.OverwriteMode;
import io.millrace.spi.PlanContext;
import io.millrace.spi.upsert.TableFormat;
import io.millrace.spi.upsert.UpsertSettings;
import io.millrace.spi.upsert.Upserts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The value of a model of product {@code table}. The same model may be written by one ETL and read by another, so both decode all of it.
 *
 * @param name in the session's catalog, or null
 * @param path of a Delta table, or null; exactly one of the two is there
 * @param upsert how rows are upserted; null where they are not
 */
record TableModel(
        @Nullable String name,
        @Nullable String path,
        Map<String, String> options,
        List<String> partitionBy,
        TableSaveMode saveMode,
        OverwriteMode overwrite,
        @Nullable UpsertSettings upsert,
        Delivery delivery) {

    private static final Option<String> NAME = Option.text("name")
            .optional("A table of Spark's catalog, with database where needed. Either name or path.");
    private static final Option<String> PATH =
            Option.text("path").optional("The folder of a Delta table. Either name or path.");
    private static final Option<Map<String, String>> SPARK_OPTIONS = Option.textMap("options")
            .byDefault(
                    Map.of(),
                    "Passed to Spark's reader and writer, such as skipChangeCommits = true for a stream from a table that is updated.");
    private static final Option<TableSaveMode> SAVE_MODE = Option.choice("save-mode", TableSaveMode.OF_TABLES)
            .byDefault(
                    TableSaveMode.APPEND,
                    "What becomes of the rows that are there: they stay, all are replaced, or of each key the newest row stays.");
    private static final Option<OverwriteMode> OVERWRITE = Option.choice("overwrite", OverwriteMode.class)
            .byDefault(
                    OverwriteMode.STATIC,
                    "What a batch replaces where save-mode = overwrite: the whole table, or the partitions it has rows for.");
    private static final Option<List<String>> PARTITION_BY = Option.texts("partition-by")
            .byDefault(List.of(), "Partition columns of a table at a path that is created by the first batch.");
    private static final Option<Delivery> DELIVERY = Option.choice("delivery", Delivery.class)
            .byDefault(
                    Delivery.EXACTLY_ONCE,
                    "Delta tables hold each batch once. Tables of other formats can be written only where rows that come twice after a crash are"
                            + " accepted: at-least-once.");

    static final List<OptionDescription> OPTIONS =
            OptionDescription.of(NAME, PATH, SPARK_OPTIONS, SAVE_MODE, OVERWRITE, PARTITION_BY, DELIVERY);

    /** Keys of other tools, and of other products. */
    private static final Map<String, String> GUESSES = Map.of(
            "table", "write name, of a table of Spark's catalog, or path, of a Delta table in a folder",
            "location", "write path",
            "mode", "write save-mode = append, overwrite or upsert",
            "format",
                    "is not needed: a table at a path is a Delta table, and one with a name is what it was created as",
            "partition-columns", "write partition-by",
            "schema", "is not needed: the first batch makes the table");

    static Optional<TableModel> decode(PlanContext context) {
        ConfigSection value = context.value();
        value.instead(GUESSES);
        Optional<String> name = value.find(NAME);
        Optional<String> path = value.find(PATH);
        if (value.has(NAME) == value.has(PATH)) {
            value.problem("needs either a name or a path");
        }
        name.ifPresent(table -> checkName(value, table));
        Map<String, String> options = value.get(SPARK_OPTIONS);
        List<String> partitionBy = value.get(PARTITION_BY);
        if (name.isPresent() && !partitionBy.isEmpty()) {
            value.problem(
                    PARTITION_BY,
                    "belongs to a table at a path: one with a name is created by you, with its partitions");
        }
        Optional<TableSaveMode> saveMode = value.find(SAVE_MODE);
        Optional<OverwriteMode> overwrite = value.find(OVERWRITE);
        if (overwrite.isPresent()
                && saveMode.filter(TableSaveMode.OVERWRITE::equals).isEmpty()) {
            value.problem(OVERWRITE, "is for save-mode = overwrite");
        }
        Delivery delivery = value.get(DELIVERY);
        Optional<UpsertSettings> upsert = Upserts.decode(context, TableFormat.DELTA, saveMode);
        upsert.ifPresent(settings -> checkUpsert(value, options, delivery));
        return value.build(() -> new TableModel(
                name.orElse(null),
                path.orElse(null),
                options,
                partitionBy,
                saveMode.orElse(TableSaveMode.APPEND),
                overwrite.orElse(OverwriteMode.STATIC),
                upsert.orElse(null),
                delivery));
    }

    private static void checkUpsert(ConfigSection value, Map<String, String> options, Delivery delivery) {
        if (delivery == Delivery.AT_LEAST_ONCE) {
            value.problem(DELIVERY, "is for save-mode = append and overwrite: an upsert holds each batch once");
        }
        if (options.keySet().stream().anyMatch("mergeSchema"::equalsIgnoreCase)) {
            value.problem(SPARK_OPTIONS, "mergeSchema has no effect on an upsert; write schema-evolution = additive");
        }
    }

    TableModel {
        options = Map.copyOf(options);
        partitionBy = List.copyOf(partitionBy);
    }

    /** Returns the same, read as of a version. */
    TableModel asOf(String version) {
        Map<String, String> pinned = new LinkedHashMap<>(options);
        pinned.put("versionAsOf", version);
        return new TableModel(name, path, pinned, partitionBy, saveMode, overwrite, upsert, delivery);
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

    /** Says that there is no table of that name, and how one is made for rows. */
    String absent(StructType rows) {
        return words() + " does not exist; create it: CREATE TABLE " + name + " ("
                + rows.toDDL().replace(",", ", ") + ") USING delta";
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
            value.problem(NAME, "is not the name of a table: " + wrong.getMessage());
        }
    }
}
