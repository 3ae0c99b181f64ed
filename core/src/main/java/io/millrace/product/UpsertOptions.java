package io.millrace.product;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How rows are upserted into a table: of the rows of a key the newest stays. For {@link Table#upsert}, and the classes of other products whose tables
 * rows can be merged into. Not for use by several threads.
 *
 * <pre>{@code
 * UpsertOptions.on(List.of("order_id"), "updated_at").deleteWhen("status = 'cancelled'")
 * }</pre>
 */
public final class UpsertOptions {

    private final Map<String, Object> settings = new LinkedHashMap<>();

    private UpsertOptions(List<String> keys, String orderBy) {
        settings.put("keys", List.copyOf(keys));
        settings.put("order-by", orderBy);
    }

    /**
     * Starts with what every upsert needs.
     *
     * @param keys the columns that make a row unique
     * @param orderBy what is greater in the newer row: a column, or an expression in SQL
     */
    public static UpsertOptions on(List<String> keys, String orderBy) {
        return new UpsertOptions(keys, orderBy);
    }

    /** Fails a batch that has two rows of one key and ordering; without it one of them stays. */
    public UpsertOptions failOnTies() {
        return with("on-tie", "fail");
    }

    /** Makes dead letters of rows of one batch that have the same key and ordering. */
    public UpsertOptions deadLetterTies() {
        return with("on-tie", "dead-letter");
    }

    /** Keeps the stored row where an incoming one has the same ordering; without it the incoming one stays. */
    public UpsertOptions keepExistingOnEqualOrdering() {
        return with("on-equal-ordering", "keep-existing");
    }

    /** Fails a batch in which an ordering is NULL; without it such a row is older than every other. */
    public UpsertOptions failOnNullOrdering() {
        return with("on-null-ordering", "fail");
    }

    /** Makes dead letters of rows whose ordering is NULL. */
    public UpsertOptions deadLetterNullOrdering() {
        return with("on-null-ordering", "dead-letter");
    }

    /** Makes dead letters of rows with a NULL in a key column; without it the batch fails. */
    public UpsertOptions deadLetterNullKeys() {
        return with("on-null-key", "dead-letter");
    }

    /** Takes NULL for a key like any other. */
    public UpsertOptions allowNullKeys() {
        return with("on-null-key", "allow");
    }

    /** Makes dead letters of rows that are older than the stored one; without it they are skipped and counted. */
    public UpsertOptions deadLetterStale() {
        return with("on-stale", "dead-letter");
    }

    /** Deletes the key of rows that meet a condition in SQL. */
    public UpsertOptions deleteWhen(String condition) {
        return with("delete-when", condition);
    }

    /** Says for how many hours a deleted key is remembered, so that an older row does not bring it back. */
    public UpsertOptions tombstoneRetentionHours(int hours) {
        return with("tombstone-retention-hours", hours);
    }

    /** Names a column of the table that keeps the ordering, for where the table lacks columns of the expression. */
    public UpsertOptions orderingColumn(String column) {
        return with("ordering-column", column);
    }

    /** Gives the table the new columns of the rows; without it they are dropped. */
    public UpsertOptions addColumns() {
        return with("schema-evolution", "additive");
    }

    /** Returns the settings by their names in a configuration. */
    public Map<String, Object> settings() {
        return Map.copyOf(settings);
    }

    private UpsertOptions with(String setting, Object value) {
        settings.put(setting, value);
        return this;
    }
}
