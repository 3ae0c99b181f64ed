package io.millrace.iceberg;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.PlanContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of a model of product {@code iceberg}. The same model may be written by one ETL and read by another, so both decode all of it.
 *
 * @param catalog what the configuration says of the table's catalog; null for one that the session knows by itself
 * @param branch null for the main one
 */
record IcebergModel(
        TableName table,
        @Nullable CatalogSettings catalog,
        CommitKind commitKind,
        TableLayout layout,
        @Nullable String branch,
        Map<String, String> options) {

    private static final String SNAPSHOT_PROPERTY = "snapshot-property.";

    static final List<OptionDescription> OPTIONS = List.of(
            new OptionDescription(
                    "table",
                    "text",
                    "required",
                    "Catalog, namespaces and table: icebase.raw01.rides. The catalog is one of plugin.iceberg.catalogs, or one that the Spark"
                            + " session knows."),
            new OptionDescription(
                    "save-mode",
                    "append | overwrite",
                    "append",
                    "Whether rows that are there stay when others are written."),
            new OptionDescription(
                    "overwrite",
                    "static | dynamic",
                    "static",
                    "What a batch replaces where save-mode = overwrite: the whole table, or the partitions it has rows for."),
            new OptionDescription(
                    "partition-by",
                    "list of texts",
                    "",
                    "Partitions of a table that is made: month(day) AS month, identity(id), bucket(16, id), truncate(4, name), year, day, hour. A"
                            + " table that is there must have these."),
            new OptionDescription(
                    "sort-by",
                    "list of texts",
                    "",
                    "Columns by which files are sorted: id DESC NULLS LAST. Set on a table that has another order."),
            new OptionDescription(
                    "distribution",
                    "none | hash | range",
                    "",
                    "How rows are sent to the tasks that write them; without it Iceberg's own choice."),
            new OptionDescription(
                    "properties",
                    "object of texts",
                    "",
                    "Properties of the table, set where it is made and where it has others."),
            new OptionDescription("branch", "text", "", "Which of the table's branches is read or written."),
            new OptionDescription(
                    "options",
                    "object of texts",
                    "",
                    "Passed to Iceberg's reader and writer, such as write-format = orc."));

    static Optional<IcebergModel> decode(PlanContext context) {
        ConfigSection value = context.value();
        Optional<Catalogs> catalogs = Catalogs.of(context);
        Optional<TableName> table = TableName.decode(value, "table");
        CommitKind kind = commitKind(value);
        TableLayout layout = TableLayout.decode(value);
        Optional<String> branch = value.optionalString("branch");
        Map<String, String> options = value.stringMap("options");
        if (catalogs.isEmpty() || table.isEmpty()) {
            value.build(() -> layout); // what else is wrong
            return Optional.empty();
        }
        @Nullable
        CatalogSettings catalog = catalogs.get().named(table.get().catalog()).orElse(null);
        if (catalog == null) {
            warnOfCatalog(table.get().catalog(), catalogs.get(), context);
        }
        return value.build(() -> new IcebergModel(table.get(), catalog, kind, layout, branch.orElse(null), options));
    }

    private static CommitKind commitKind(ConfigSection value) {
        SaveMode saveMode = value.optionalEnum("save-mode", SaveMode.class).orElse(SaveMode.APPEND);
        Optional<OverwriteMode> overwrite = value.optionalEnum("overwrite", OverwriteMode.class);
        if (overwrite.isPresent() && saveMode != SaveMode.OVERWRITE) {
            value.problem("overwrite", "is for save-mode = overwrite");
        }
        if (saveMode == SaveMode.APPEND) {
            return CommitKind.APPEND;
        }
        return overwrite.equals(Optional.of(OverwriteMode.DYNAMIC))
                ? CommitKind.OVERWRITE_PARTITIONS
                : CommitKind.OVERWRITE;
    }

    private static void warnOfCatalog(String name, Catalogs catalogs, PlanContext context) {
        if (!catalogs.names().isEmpty()) {
            context.warn("plugin.iceberg.catalogs has no " + name + "; " + Suggestion.among(name, catalogs.names())
                    + "; the Spark session has to know it");
        }
    }

    IcebergModel {
        options = Map.copyOf(options);
    }

    /** Returns the options of Iceberg's writer that are properties of each snapshot. */
    Map<String, String> snapshotProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        options.forEach((option, text) -> {
            if (option.startsWith(SNAPSHOT_PROPERTY)) {
                properties.put(option.substring(SNAPSHOT_PROPERTY.length()), text);
            }
        });
        return properties;
    }

    /** {@code Iceberg table icebase.raw01.rides}. */
    String words() {
        return "Iceberg table " + table + (branch == null ? "" : ", branch " + branch);
    }
}
