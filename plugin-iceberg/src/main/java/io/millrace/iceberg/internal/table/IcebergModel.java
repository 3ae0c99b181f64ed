package io.millrace.iceberg.internal.table;

import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.config.Suggestion;
import io.millrace.iceberg.internal.catalog.CatalogSettings;
import io.millrace.iceberg.internal.catalog.Catalogs;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.OverwriteMode;
import io.millrace.spi.PlanContext;
import io.millrace.spi.upsert.TableFormat;
import io.millrace.spi.upsert.UpsertSettings;
import io.millrace.spi.upsert.Upserts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The value of a model of product {@code iceberg}. The same model may be written by one ETL and read by another, so both decode all of it.
 *
 * @param merge null where rows are not merged; where they are, there is no use for the commit's kind
 * @param upsert how rows are upserted; null where they are not
 * @param catalog what the configuration says of the table's catalog; null for one that the session knows by itself
 * @param branch null for the main one
 */
public record IcebergModel(
        IcebergTableName table,
        @Nullable CatalogSettings catalog,
        WriteKind commitKind,
        CommitSharing commit,
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

    private static final Option<IcebergTableName> TABLE = Option.of("table", "text", IcebergTableName::decode)
            .required(
                    "Catalog, namespaces and table: icebase.raw01.rides. The catalog is one of plugin.iceberg.catalogs, or one that the Spark"
                            + " session knows.");
    private static final Option<IcebergSaveMode> SAVE_MODE = Option.choice("save-mode", IcebergSaveMode.class)
            .byDefault(
                    IcebergSaveMode.APPEND,
                    "What becomes of the rows that are there: they stay, are replaced, of each key the newest row stays, or what merge says.");
    private static final Option<OverwriteMode> OVERWRITE = Option.choice("overwrite", OverwriteMode.class)
            .otherwise(
                    "static",
                    "What a batch replaces where save-mode = overwrite: the whole table, or the partitions it has rows for.");
    private static final Option<CommitSharing> COMMIT = Option.choice("commit", CommitSharing.class)
            .byDefault(
                    CommitSharing.OWN,
                    "Whether a batch is committed by itself, or with those of other jobs of the application that append to the table just then.");
    private static final Option<String> BRANCH =
            Option.text("branch").optional("Which of the table's branches is read or written.");
    private static final Option<Map<String, String>> SPARK_OPTIONS = Option.textMap("options")
            .byDefault(Map.of(), "Passed to Iceberg's reader and writer, such as write-format = orc.");

    /** Keys of other tools, and of other products. */
    private static final Map<String, String> GUESSES = Map.of(
            "name", "write table = CATALOG.NAMESPACE.TABLE",
            "path",
                    "write table = CATALOG.NAMESPACE.TABLE; where the catalog's tables lie is said in plugin.iceberg.catalogs",
            "catalog", "is the first part of table: table = CATALOG.NAMESPACE.TABLE",
            "warehouse", "belongs to the catalog: plugin.iceberg.catalogs { NAME { warehouse = … } }",
            "mode", "write save-mode = append, overwrite, upsert or merge");

    /** Every setting of a model. */
    public static final List<OptionDescription> OPTIONS = Stream.of(
                    OptionDescription.of(TABLE, SAVE_MODE, OVERWRITE),
                    OptionDescription.below("merge", OptionDescription.of(MergeClauses.OPTIONS)),
                    OptionDescription.of(TableLayout.OPTIONS),
                    OptionDescription.of(COMMIT, BRANCH, SPARK_OPTIONS))
            .flatMap(List::stream)
            .toList();

    /** Decodes a value; empty where something is wrong, which is noted on it. */
    public static Optional<IcebergModel> decode(PlanContext context) {
        ConfigSection value = context.value();
        value.instead(GUESSES);
        Optional<Catalogs> catalogs = Catalogs.of(context);
        Optional<IcebergTableName> table = value.find(TABLE);
        Optional<IcebergSaveMode> written = value.find(SAVE_MODE);
        IcebergSaveMode saveMode = written.orElse(IcebergSaveMode.APPEND);
        WriteKind kind = commitKind(value, saveMode);
        Optional<MergeClauses> merge = value.optionalSection("merge").flatMap(MergeClauses::decode);
        if (value.has("merge") != (saveMode == IcebergSaveMode.MERGE)) {
            value.problem(
                    "merge",
                    value.has("merge")
                            ? "is for save-mode = merge"
                            : "is missing: save-mode = merge needs it; to keep one row for each key write save-mode = upsert");
        }
        CommitSharing commit = value.get(COMMIT);
        if (commit == CommitSharing.SHARED && saveMode != IcebergSaveMode.APPEND) {
            value.problem(COMMIT, "shared is for save-mode = append");
        }
        Optional<UpsertSettings> upsert = Upserts.decode(context, TableFormat.ICEBERG, written);
        TableLayout layout = TableLayout.decode(value);
        Optional<String> branch = value.find(BRANCH);
        Map<String, String> options = value.get(SPARK_OPTIONS);
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

    private static WriteKind commitKind(ConfigSection value, IcebergSaveMode saveMode) {
        Optional<OverwriteMode> overwrite = value.find(OVERWRITE);
        if (overwrite.isPresent() && saveMode != IcebergSaveMode.OVERWRITE) {
            value.problem(OVERWRITE, "is for save-mode = overwrite");
        }
        if (saveMode != IcebergSaveMode.OVERWRITE) {
            return WriteKind.APPEND;
        }
        return overwrite.equals(Optional.of(OverwriteMode.DYNAMIC))
                ? WriteKind.OVERWRITE_PARTITIONS
                : WriteKind.OVERWRITE;
    }

    private static void checkOption(String option, ConfigSection value) {
        String instead = ELSEWHERE.get(option.toLowerCase(Locale.ROOT));
        if (instead != null) {
            value.problem(SPARK_OPTIONS, option + " has no effect here; " + instead);
        }
    }

    private static void warnOfCatalog(String name, Catalogs catalogs, PlanContext context) {
        if (!catalogs.names().isEmpty()) {
            context.warn("plugin.iceberg.catalogs has no " + name + "; " + Suggestion.among(name, catalogs.names())
                    + "; the Spark session has to know it");
        }
    }

    public IcebergModel {
        options = Map.copyOf(options);
    }

    /** A table of a catalog that the session knows, which is written as it is. */
    public static IcebergModel of(IcebergTableName table, WriteKind kind, Map<String, String> options) {
        return new IcebergModel(
                table,
                null,
                kind,
                CommitSharing.OWN,
                null,
                null,
                new TableLayout(List.of(), List.of(), Map.of()),
                null,
                options);
    }

    /** Returns a model of another table of the catalog, to which rows are appended. */
    public IcebergModel appendingTo(IcebergTableName other) {
        return new IcebergModel(
                other,
                catalog,
                WriteKind.APPEND,
                CommitSharing.OWN,
                null,
                null,
                new TableLayout(List.of(), List.of(), Map.of()),
                null,
                Map.of());
    }

    /** Returns the options of Iceberg's writer that are properties of each snapshot. */
    public Map<String, String> snapshotProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        options.forEach((option, text) -> {
            if (option.startsWith(SNAPSHOT_PROPERTY)) {
                properties.put(option.substring(SNAPSHOT_PROPERTY.length()), text);
            }
        });
        return properties;
    }

    /** {@code append}, {@code merge on t.id = s.id}. */
    public String saving() {
        String kind = merge == null ? commitKind.words() : "merge on " + merge.on();
        return commit == CommitSharing.SHARED ? kind + " with shared commits" : kind;
    }

    /** {@code Iceberg table icebase.raw01.rides}. */
    public String words() {
        return "Iceberg table " + table + (branch == null ? "" : ", branch " + branch);
    }
}
