package io.millrace.iceberg;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.PlanContext;
import io.millrace.spi.upsert.TableFormat;
import io.millrace.spi.upsert.UpsertSettings;
import io.millrace.spi.upsert.Upserts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of a model of product {@code iceberg}. The same model may be written by one ETL and read by another, so both decode all of it.
 *
 * @param merge null where rows are not merged; where they are, there is no use for the commit's kind
 * @param upsert how rows are upserted; null where they are not
 * @param catalog what the configuration says of the table's catalog; null for one that the session knows by itself
 * @param branch null for the main one
 */
record IcebergModel(
        TableName table,
        @Nullable CatalogSettings catalog,
        CommitKind commitKind,
        CommitMode commit,
        @Nullable MergeClauses merge,
        @Nullable UpsertSettings upsert,
        TableLayout layout,
        @Nullable String branch,
        Map<String, String> options) {

    private static final String SNAPSHOT_PROPERTY = "snapshot-property.";

    /** Options of Iceberg's writer that are something else here. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "overwrite-mode", "write save-mode = overwrite, and overwrite = dynamic",
            "merge-schema", "write contract { table = evolve } in the ETL",
            "mergeschema", "write contract { table = evolve } in the ETL",
            "branch", "write branch beside options",
            "isolation-level", "set write.merge.isolation-level in properties",
            "validate-from-snapshot-id", "an overwrite replaces whatever is there by then");

    static final List<OptionDescription> OPTIONS = List.of(
            new OptionDescription(
                    "table",
                    "text",
                    "required",
                    "Catalog, namespaces and table: icebase.raw01.rides. The catalog is one of plugin.iceberg.catalogs, or one that the Spark"
                            + " session knows."),
            new OptionDescription(
                    "save-mode",
                    "append | overwrite | upsert | merge",
                    "append",
                    "What becomes of the rows that are there: they stay, are replaced, of each key the newest row stays, or what merge says."),
            new OptionDescription(
                    "overwrite",
                    "static | dynamic",
                    "static",
                    "What a batch replaces where save-mode = overwrite: the whole table, or the partitions it has rows for."),
            new OptionDescription(
                    "merge.on", "text", "", "Which rows belong together, where save-mode = merge: t.id = s.id."),
            new OptionDescription(
                    "merge.when",
                    "list of texts",
                    "",
                    "What is done with them: MATCHED THEN UPDATE SET *, NOT MATCHED THEN INSERT *. The table is t, the batch s."),
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
            new OptionDescription(
                    "commit",
                    "own | shared",
                    "own",
                    "Whether a batch is committed by itself, or with those of other jobs of the application that append to the table just then."),
            new OptionDescription("branch", "text", "", "Which of the table's branches is read or written."),
            new OptionDescription(
                    "options",
                    "object of texts",
                    "",
                    "Passed to Iceberg's reader and writer, such as write-format = orc."));

    /** Keys of other tools, and of other products. */
    private static final Map<String, String> GUESSES = Map.of(
            "name", "write table = CATALOG.NAMESPACE.TABLE",
            "path",
                    "write table = CATALOG.NAMESPACE.TABLE; where the catalog's tables lie is said in plugin.iceberg.catalogs",
            "catalog", "is the first part of table: table = CATALOG.NAMESPACE.TABLE",
            "warehouse", "belongs to the catalog: plugin.iceberg.catalogs { NAME { warehouse = … } }",
            "mode", "write save-mode = append, overwrite, upsert or merge");

    static Optional<IcebergModel> decode(PlanContext context) {
        ConfigSection value = context.value();
        value.instead(GUESSES);
        Optional<Catalogs> catalogs = Catalogs.of(context);
        Optional<TableName> table = TableName.decode(value, "table");
        Optional<SaveMode> written = value.optionalEnum("save-mode", SaveMode.class);
        SaveMode saveMode = written.orElse(SaveMode.APPEND);
        CommitKind kind = commitKind(value, saveMode);
        Optional<MergeClauses> merge = value.optionalSection("merge").flatMap(MergeClauses::decode);
        if (value.has("merge") != (saveMode == SaveMode.MERGE)) {
            value.problem(
                    "merge",
                    value.has("merge")
                            ? "is for save-mode = merge"
                            : "is missing: save-mode = merge needs it; to keep one row for each key write save-mode = upsert");
        }
        CommitMode commit = value.optionalEnum("commit", CommitMode.class).orElse(CommitMode.OWN);
        if (commit == CommitMode.SHARED && saveMode != SaveMode.APPEND) {
            value.problem("commit", "shared is for save-mode = append");
        }
        Optional<UpsertSettings> upsert = Upserts.decode(context, TableFormat.ICEBERG, written);
        TableLayout layout = TableLayout.decode(value);
        Optional<String> branch = value.optionalString("branch");
        Map<String, String> options = value.stringMap("options");
        options.keySet().forEach(option -> checkOption(option, value));
        if (catalogs.isEmpty() || table.isEmpty()) {
            value.build(() -> layout); // what else is wrong
            return Optional.empty();
        }
        @Nullable
        CatalogSettings catalog = catalogs.get().named(table.get().catalog()).orElse(null);
        if (catalog == null) {
            warnOfCatalog(table.get().catalog(), catalogs.get(), context);
        }
        return value.build(() -> new IcebergModel(
                table.get(),
                catalog,
                kind,
                commit,
                merge.orElse(null),
                upsert.orElse(null),
                layout,
                branch.orElse(null),
                options));
    }

    private static CommitKind commitKind(ConfigSection value, SaveMode saveMode) {
        Optional<OverwriteMode> overwrite = value.optionalEnum("overwrite", OverwriteMode.class);
        if (overwrite.isPresent() && saveMode != SaveMode.OVERWRITE) {
            value.problem("overwrite", "is for save-mode = overwrite");
        }
        if (saveMode != SaveMode.OVERWRITE) {
            return CommitKind.APPEND;
        }
        return overwrite.equals(Optional.of(OverwriteMode.DYNAMIC))
                ? CommitKind.OVERWRITE_PARTITIONS
                : CommitKind.OVERWRITE;
    }

    private static void checkOption(String option, ConfigSection value) {
        String instead = ELSEWHERE.get(option.toLowerCase(Locale.ROOT));
        if (instead != null) {
            value.problem("options", option + " has no effect here; " + instead);
        }
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

    /** A table of a catalog that the session knows, which is written as it is. */
    static IcebergModel of(TableName table, CommitKind kind, Map<String, String> options) {
        return new IcebergModel(
                table,
                null,
                kind,
                CommitMode.OWN,
                null,
                null,
                new TableLayout(List.of(), List.of(), Map.of()),
                null,
                options);
    }

    /** Returns a model of another table of the catalog, to which rows are appended. */
    IcebergModel appendingTo(TableName other) {
        return new IcebergModel(
                other,
                catalog,
                CommitKind.APPEND,
                CommitMode.OWN,
                null,
                null,
                new TableLayout(List.of(), List.of(), Map.of()),
                null,
                Map.of());
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

    /** {@code append}, {@code merge on t.id = s.id}. */
    String saving() {
        String kind = merge == null ? commitKind.words() : "merge on " + merge.on();
        return commit == CommitMode.SHARED ? kind + " with shared commits" : kind;
    }

    /** {@code Iceberg table icebase.raw01.rides}. */
    String words() {
        return "Iceberg table " + table + (branch == null ? "" : ", branch " + branch);
    }
}
