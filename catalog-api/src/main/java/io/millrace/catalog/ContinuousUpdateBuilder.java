package io.millrace.catalog;

import io.millrace.catalog.ContinuousUpdate.Compaction;
import io.millrace.catalog.ContinuousUpdate.OnEqualOrdering;
import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.catalog.ContinuousUpdate.OnNullOrdering;
import io.millrace.catalog.ContinuousUpdate.OnStale;
import io.millrace.catalog.ContinuousUpdate.OnTie;
import io.millrace.catalog.ContinuousUpdate.SchemaEvolution;
import io.millrace.catalog.ContinuousUpdate.Vacuum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link ContinuousUpdate}; what is not said is at its default. Not for use by several threads. */
public final class ContinuousUpdateBuilder {

    final List<String> keys;
    final String orderingExpression;
    OnTie onTie = OnTie.PICK_ONE;
    OnEqualOrdering onEqualOrdering = OnEqualOrdering.KEEP_INCOMING;
    OnNullOrdering onNullOrdering = OnNullOrdering.OLDEST;
    OnNullKey onNullKey = OnNullKey.FAIL;
    OnStale onStale = OnStale.SKIP;

    @Nullable
    String deleteExpression;

    int tombstoneRetentionHours = ContinuousUpdate.DEFAULT_TOMBSTONE_RETENTION_HOURS;

    @Nullable
    String orderingColumn;

    SchemaEvolution schemaEvolution = SchemaEvolution.NONE;

    @Nullable
    Compaction compaction;

    @Nullable
    Vacuum vacuum;

    boolean symlinkManifest;

    ContinuousUpdateBuilder(List<String> keys, String orderingExpression) {
        this.keys = keys;
        this.orderingExpression = orderingExpression;
    }

    /** Says what happens to rows of one batch with the same key and ordering. */
    public ContinuousUpdateBuilder onTie(OnTie policy) {
        onTie = policy;
        return this;
    }

    /** Says which row stays where an incoming ordering equals the stored one. */
    public ContinuousUpdateBuilder onEqualOrdering(OnEqualOrdering policy) {
        onEqualOrdering = policy;
        return this;
    }

    /** Says what a null ordering means. */
    public ContinuousUpdateBuilder onNullOrdering(OnNullOrdering policy) {
        onNullOrdering = policy;
        return this;
    }

    /** Says what happens to a row with a null in a key column. */
    public ContinuousUpdateBuilder onNullKey(OnNullKey policy) {
        onNullKey = policy;
        return this;
    }

    /** Says what happens to a row that is older than the stored one. */
    public ContinuousUpdateBuilder onStale(OnStale policy) {
        onStale = policy;
        return this;
    }

    /** Rows that meet this Spark SQL condition delete their key. */
    public ContinuousUpdateBuilder deleteExpression(String condition) {
        deleteExpression = condition;
        return this;
    }

    /** Says how long a deleted key is remembered; 168 hours unless said. */
    public ContinuousUpdateBuilder tombstoneRetentionHours(int hours) {
        tombstoneRetentionHours = hours;
        return this;
    }

    /** Keeps the ordering value in this column of the table. */
    public ContinuousUpdateBuilder orderingColumn(String column) {
        orderingColumn = column;
        return this;
    }

    /** Says whether the table follows new input columns. */
    public ContinuousUpdateBuilder schemaEvolution(SchemaEvolution evolution) {
        schemaEvolution = evolution;
        return this;
    }

    /** Compacts the table's files. */
    public ContinuousUpdateBuilder compaction(Compaction settings) {
        compaction = settings;
        return this;
    }

    /** Deletes files the table no longer needs. */
    public ContinuousUpdateBuilder vacuum(Vacuum settings) {
        vacuum = settings;
        return this;
    }

    /** Writes a symlink manifest after each commit. */
    public ContinuousUpdateBuilder symlinkManifest() {
        symlinkManifest = true;
        return this;
    }

    /**
     * Makes the upsert.
     *
     * @throws io.millrace.config.MillraceException of kind USER with everything that is wrong
     */
    public ContinuousUpdate build() {
        return new ContinuousUpdate(this);
    }
}
