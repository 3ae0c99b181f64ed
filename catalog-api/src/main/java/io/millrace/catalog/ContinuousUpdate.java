package io.millrace.catalog;

import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One row per key: the one with the greatest ordering ever seen. Made with {@link #on} where more than keys and ordering is said.
 *
 * @param keys the columns that make a row unique; at least one, none twice
 * @param orderingExpression a Spark SQL expression over the input columns; of two rows of a key the greater one stays
 * @param onTie what happens to rows of one batch with the same key and ordering
 * @param onEqualOrdering which row stays where an incoming ordering equals the stored one
 * @param onNullOrdering what a null ordering means
 * @param onNullKey what happens to a row with a null in a key column
 * @param onStale what happens to a row that is older than the stored one
 * @param deleteExpression a Spark SQL condition over the input columns; rows that meet it delete their key. Null: nothing is deleted
 * @param tombstoneRetentionHours how long a deleted key is remembered, so that an older row does not bring it back
 * @param orderingColumn a column of the table that keeps the ordering value; null where the expression can be evaluated on the table
 * @param schemaEvolution whether the table follows new input columns
 * @param compaction when files are compacted; null for never
 * @param vacuum when files that are no longer needed are deleted; null for never
 * @param symlinkManifest whether the table gets a symlink manifest after each commit
 */
public record ContinuousUpdate(
        List<String> keys,
        String orderingExpression,
        OnTie onTie,
        OnEqualOrdering onEqualOrdering,
        OnNullOrdering onNullOrdering,
        OnNullKey onNullKey,
        OnStale onStale,
        @Nullable String deleteExpression,
        int tombstoneRetentionHours,
        @Nullable String orderingColumn,
        SchemaEvolution schemaEvolution,
        @Nullable Compaction compaction,
        @Nullable Vacuum vacuum,
        boolean symlinkManifest)
        implements WriterDetails {

    /** The value of {@code writerType}. */
    public static final String WRITER_TYPE = "continuousUpdate";

    /** Tombstones are kept a week unless the model says otherwise. */
    public static final int DEFAULT_TOMBSTONE_RETENTION_HOURS = 168;

    /** Returns the same, but that the table follows new input columns. */
    public ContinuousUpdate additive() {
        return new ContinuousUpdate(
                keys,
                orderingExpression,
                onTie,
                onEqualOrdering,
                onNullOrdering,
                onNullKey,
                onStale,
                deleteExpression,
                tombstoneRetentionHours,
                orderingColumn,
                SchemaEvolution.ADDITIVE,
                compaction,
                vacuum,
                symlinkManifest);
    }

    /** Two rows of a batch have the same key and the same ordering. */
    public enum OnTie {
        /** One of them stays, always the same one for the same rows. The default. */
        PICK_ONE,
        /** The batch fails. */
        FAIL,
        /** All of them become dead letters. */
        DEAD_LETTER
    }

    /** An incoming row has the ordering of the stored one. */
    public enum OnEqualOrdering {
        /** The incoming row stays, so that a corrected replay works. The default. */
        KEEP_INCOMING,
        /** The stored row stays. */
        KEEP_EXISTING
    }

    /** The ordering of a row is null. */
    public enum OnNullOrdering {
        /** The row is older than every other. The default. */
        OLDEST,
        /** The batch fails. */
        FAIL,
        /** The row becomes a dead letter. */
        DEAD_LETTER
    }

    /** A key column of a row is null. */
    public enum OnNullKey {
        /** The batch fails. The default. */
        FAIL,
        /** The row becomes a dead letter. */
        DEAD_LETTER,
        /** Null is a key like any other. */
        ALLOW
    }

    /** A row is older than the stored one. */
    public enum OnStale {
        /** The row is skipped and counted. The default. */
        SKIP,
        /** The row becomes a dead letter. */
        DEAD_LETTER
    }

    /** What new input columns do to the table. */
    public enum SchemaEvolution {
        /** Nothing: they are dropped. The default. */
        NONE,
        /** They are added to the table. */
        ADDITIVE
    }

    /**
     * Compaction of the table's files, after every so many batches.
     *
     * @param frequency every how many batches; at least 1
     * @param files into how many files; at least 1
     */
    public record Compaction(int frequency, int files) {

        /** Checks that both are positive. */
        public Compaction {
            refuse(problems -> {
                positive("compactFrequency", frequency, problems);
                positive("compactNumFile", files, problems);
            });
        }
    }

    /**
     * Deletion of files the table no longer needs, after every so many batches.
     *
     * @param frequency every how many batches; at least 1
     * @param retentionHours how long files stay after they are no longer needed; at least 1
     */
    public record Vacuum(int frequency, int retentionHours) {

        /** Checks that both are positive. */
        public Vacuum {
            refuse(problems -> {
                positive("retentionHours", retentionHours, problems);
                positive("vacuumFrequency", frequency, problems);
            });
        }
    }

    /**
     * Checks and copies.
     *
     * @throws MillraceException of kind USER with everything that is wrong
     */
    public ContinuousUpdate {
        List<String> columns = List.copyOf(keys);
        refuse(problems -> {
            flawOfKeys(columns).ifPresent(flaw -> problems.add(new Problem(null, "keys", flaw)));
            notBlank("orderingExpression", orderingExpression, problems);
            notBlank("deleteExpression", deleteExpression, problems);
            positive("tombstoneRetentionHours", tombstoneRetentionHours, problems);
            notBlank("orderingColumn", orderingColumn, problems);
            flawOfOrderingColumn(orderingColumn, columns)
                    .ifPresent(flaw -> problems.add(new Problem(null, "orderingColumn", flaw)));
        });
        keys = columns;
    }

    /** An upsert with every policy at its default and without maintenance. */
    public ContinuousUpdate(List<String> keys, String orderingExpression) {
        this(new ContinuousUpdateBuilder(keys, orderingExpression));
    }

    ContinuousUpdate(ContinuousUpdateBuilder builder) {
        this(
                builder.keys,
                builder.orderingExpression,
                builder.onTie,
                builder.onEqualOrdering,
                builder.onNullOrdering,
                builder.onNullKey,
                builder.onStale,
                builder.deleteExpression,
                builder.tombstoneRetentionHours,
                builder.orderingColumn,
                builder.schemaEvolution,
                builder.compaction,
                builder.vacuum,
                builder.symlinkManifest);
    }

    /** Starts an upsert with settings of its own. */
    public static ContinuousUpdateBuilder on(List<String> keys, String orderingExpression) {
        return new ContinuousUpdateBuilder(keys, orderingExpression);
    }

    /**
     * Reads the settings of an upsert into a table of any format, which stand among others: notes what is wrong on the section, and does not end it.
     *
     * @param section holds the keys, as {@link UpsertSetting} declares them
     * @param spelling how they are written
     * @return what makes the upsert; to be built where the section is right
     */
    public static ContinuousUpdateBuilder read(ConfigSection section, Spelling spelling) {
        return new ContinuousUpdateDecoder(section, spelling).decode();
    }

    /** Reads them with those that are for Delta tables only. */
    public static ContinuousUpdateBuilder readOfDelta(ConfigSection section, Spelling spelling) {
        return new ContinuousUpdateDecoder(section, spelling).decodeOfDelta();
    }

    @Override
    public String writerType() {
        return WRITER_TYPE;
    }

    static Optional<String> flawOfKeys(List<String> keys) {
        if (keys.isEmpty()) {
            return Optional.of("must name at least one column");
        }
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            if (key.isBlank()) {
                return Optional.of("must not hold a blank name");
            }
            if (!seen.add(key.toLowerCase(Locale.ROOT))) {
                return Optional.of("names \"" + key + "\" twice");
            }
        }
        return Optional.empty();
    }

    static Optional<String> flawOfOrderingColumn(@Nullable String column, List<String> keys) {
        return column != null && keys.stream().anyMatch(column::equalsIgnoreCase)
                ? Optional.of("\"" + column + "\" is a key; the ordering needs a column of its own")
                : Optional.empty();
    }

    private static void positive(String key, int value, List<Problem> problems) {
        if (value < 1) {
            problems.add(
                    new Problem(null, key, "must be a whole number from 1 to " + Integer.MAX_VALUE + ", not " + value));
        }
    }

    private static void notBlank(String key, @Nullable String value, List<Problem> problems) {
        if (value != null && value.isBlank()) {
            problems.add(new Problem(null, key, "must not be blank"));
        }
    }

    private static void refuse(Consumer<List<Problem>> checks) {
        List<Problem> problems = new ArrayList<>();
        checks.accept(problems);
        if (!problems.isEmpty()) {
            throw MillraceException.user(problems);
        }
    }
}
