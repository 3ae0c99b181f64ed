package io.millrace.catalog;

import io.millrace.catalog.ContinuousUpdate.OnEqualOrdering;
import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.catalog.ContinuousUpdate.OnNullOrdering;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.catalog.ContinuousUpdate.OnTie;
import io.millrace.catalog.ContinuousUpdate.SchemaEvolution;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an upsert, each declared once: entities write them in camelCase in {@code writerDetails}, tables in kebab-case beside {@code
 * save-mode = upsert}. They mean the same.
 */
public enum UpsertSetting {
    /** {@link ContinuousUpdate#keys}. */
    KEYS("keys", "keys", "list of texts", "required", "The columns that make a row unique."),
    /** {@link ContinuousUpdate#orderingExpression}. */
    ORDERING(
            "orderingExpression",
            "order-by",
            "expression in SQL",
            "required",
            "What is greater in the newer row: a column of the input, or an expression over its columns. Of the rows of a key the greatest stays."),
    /** {@link ContinuousUpdate#onTie}. */
    ON_TIE("onTie", "on-tie", OnTie.PICK_ONE, "What becomes of two rows of a batch with the same key and ordering."),
    /** {@link ContinuousUpdate#onEqualOrdering}. */
    ON_EQUAL_ORDERING(
            "onEqualOrdering",
            "on-equal-ordering",
            OnEqualOrdering.KEEP_INCOMING,
            "Which row stays where an incoming ordering equals the stored one."),
    /** {@link ContinuousUpdate#onNullOrdering}. */
    ON_NULL_ORDERING(
            "onNullOrdering",
            "on-null-ordering",
            OnNullOrdering.OLDEST,
            "What becomes of a row whose ordering is NULL."),
    /** {@link ContinuousUpdate#onNullKey}. */
    ON_NULL_KEY("onNullKey", "on-null-key", OnNullKey.FAIL, "What becomes of a row with a NULL in a key column."),
    /** {@link ContinuousUpdate#onStale}. */
    ON_STALE("onStale", "on-stale", OnStale.SKIP, "What becomes of a row that is older than the stored one."),
    /** {@link ContinuousUpdate#deleteExpression}. */
    DELETE(
            "deleteExpression",
            "delete-when",
            "expression in SQL",
            "",
            "A condition over the columns of the input; rows that meet it delete their key."),
    /** {@link ContinuousUpdate#tombstoneRetentionHours}. */
    TOMBSTONE_RETENTION(
            "tombstoneRetentionHours",
            "tombstone-retention-hours",
            "number",
            Integer.toString(ContinuousUpdate.DEFAULT_TOMBSTONE_RETENTION_HOURS),
            "For how many hours a deleted key is remembered, so that an older row does not bring it back."),
    /** {@link ContinuousUpdate#orderingColumn}. */
    ORDERING_COLUMN(
            "orderingColumn",
            "ordering-column",
            "text",
            "",
            "A column of the table that keeps the ordering, for where the table lacks columns of the expression. It is added where it is missing."),
    /** {@link ContinuousUpdate#schemaEvolution}. */
    SCHEMA_EVOLUTION(
            "schemaEvolution",
            "schema-evolution",
            SchemaEvolution.NONE,
            "Whether the table gets new columns of the input."),
    /** {@link ContinuousUpdate.Compaction#frequency}. */
    COMPACT_FREQUENCY(
            "compactFrequency",
            "compact-frequency",
            "number",
            "",
            "After how many batches the files of a Delta table are compacted; together with the number of files."),
    /** {@link ContinuousUpdate.Compaction#files}. */
    COMPACT_NUM_FILE("compactNumFile", "compact-num-file", "number", "", "Into how many files they are compacted."),
    /** {@link ContinuousUpdate.Vacuum#frequency}. */
    VACUUM_FREQUENCY(
            "vacuumFrequency",
            "vacuum-frequency",
            "number",
            "",
            "After how many batches files that a Delta table no longer needs are deleted; together with the hours they stay."),
    /** {@link ContinuousUpdate.Vacuum#retentionHours}. */
    RETENTION_HOURS("retentionHours", "retention-hours", "number", "", "For how many hours such files stay at least."),
    /** {@link ContinuousUpdate#symlinkManifest}. */
    SYMLINK_MANIFEST(
            "symlinkManifest",
            "symlink-manifest",
            "true | false",
            "false",
            "Whether a Delta table gets a symlink manifest after each commit.");

    private final String camel;
    private final String kebab;
    private final String type;
    private final String standard;
    private final @Nullable Enum<?> choice;
    private final String meaning;

    UpsertSetting(String camel, String kebab, String type, String standard, String meaning) {
        this(camel, kebab, type, standard, null, meaning);
    }

    UpsertSetting(String camel, String kebab, Enum<?> choice, String meaning) {
        this(camel, kebab, "", "", choice, meaning);
    }

    UpsertSetting(String camel, String kebab, String type, String standard, @Nullable Enum<?> choice, String meaning) {
        this.camel = camel;
        this.kebab = kebab;
        this.type = type;
        this.standard = standard;
        this.choice = choice;
        this.meaning = meaning;
    }

    /** Returns the key. */
    public String key(Spelling spelling) {
        return spelling == Spelling.CAMEL ? camel : kebab;
    }

    /** Returns what may be written, such as {@code text} or {@code skip | dead-letter}. */
    public String type(Spelling spelling) {
        return choice == null
                ? type
                : Stream.of(choice.getDeclaringClass().getEnumConstants())
                        .map(each -> spelling.word((Enum<?>) each))
                        .collect(Collectors.joining(" | "));
    }

    /** Returns what holds where it is not written: the default's text, {@code required}, or empty for none. */
    public String standard(Spelling spelling) {
        return choice == null ? standard : spelling.word(choice);
    }

    /** Returns what it is for, in one or two sentences. */
    public String meaning() {
        return meaning;
    }

    /** Returns whether it is about the files of a Delta table, and so not for tables of other formats. */
    public boolean ofDeltaOnly() {
        return switch (this) {
            case COMPACT_FREQUENCY, COMPACT_NUM_FILE, VACUUM_FREQUENCY, RETENTION_HOURS, SYMLINK_MANIFEST -> true;
            default -> false;
        };
    }
}
