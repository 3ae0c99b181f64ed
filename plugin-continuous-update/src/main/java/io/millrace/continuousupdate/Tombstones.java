package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.UpsertSetting;
import io.millrace.config.MillraceException;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.upsert.SideTable;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * The keys that were deleted, and at which ordering, so that an older row does not bring them back: a table beside the rows. Of several
 * deletes of a key the greatest ordering counts.
 */
final class Tombstones {

    private static final int PRUNING = 50;
    private static final String KEY = "key";
    private static final String ORDERING = "ordering";
    private static final String DELETED_AT = "deleted_at";
    private static final String LATEST = "_upsert_latest_tombstone";

    private final UpsertTarget target;
    private final SideTable table;
    private final Duration retention;

    Tombstones(UpsertTarget target, SideTable table, ContinuousUpdate settings) {
        this.target = target;
        this.table = table;
        this.retention = Duration.ofHours(settings.tombstoneRetentionHours());
    }

    /** Returns the version of their table; it changes with every key that is added. -1 where there are none. */
    long version() {
        return table.version();
    }

    /** Adds the keys that winners delete. Adds them once, however often it is called for a batch. */
    CommitOutcome add(Batch batch, Dataset<Row> winners, Instant now) {
        Column[] keys = IntStream.range(0, target.keys().size())
                .mapToObj(
                        index -> col(UpsertColumns.key(index)).as(target.keys().get(index)))
                .toArray(Column[]::new);
        Dataset<Row> deleted = winners.filter(col(UpsertColumns.DELETE))
                .select(struct(keys).as(KEY), col(UpsertColumns.ORDERING).as(ORDERING), lit(now).as(DELETED_AT));
        return table.add(batch, deleted);
    }

    /** Adds {@link UpsertColumns#DELETED_BEFORE} to winners: whether the key was deleted at their ordering or a greater one. */
    Dataset<Row> mark(Dataset<Row> winners, Instant now) {
        if (version() < 0) {
            return winners.withColumn(UpsertColumns.DELETED_BEFORE, lit(false));
        }
        Column latest = col("tombstones." + LATEST);
        Column deletedBefore = latest.isNotNull()
                .and(not(UpsertColumns.newer(col("winners." + UpsertColumns.ORDERING), latest.getField(ORDERING))));
        return winners.alias("winners")
                .join(latest(now).alias("tombstones"), sameKey("winners"), "left_outer")
                .select(col("winners.*"), coalesce(deletedBefore, lit(false)).as(UpsertColumns.DELETED_BEFORE));
    }

    /**
     * Returns, as winners that delete, the tombstones of the keys that winners upsert: for the case that they were added while the winners were
     * merged, by a writer who did not see these.
     */
    Dataset<Row> over(Dataset<Row> winners, Instant now) {
        return latest(now)
                .alias("tombstones")
                .join(winners.filter(not(col(UpsertColumns.DELETE))).alias("winners"), sameKey("winners"), "left_semi")
                .withColumn(UpsertColumns.ORDERING, col(LATEST).getField(ORDERING))
                .withColumn(UpsertColumns.DELETE, lit(true));
    }

    private Column sameKey(String winners) {
        return UpsertColumns.sameKey(winners, "tombstones", target.keys().size());
    }

    /** One row for each key: its greatest ordering. */
    private Dataset<Row> latest(Instant now) {
        int keys = target.keys().size();
        return table.rows()
                .filter(col(DELETED_AT).geq(lit(now.minus(retention))))
                .select(Stream.concat(
                                IntStream.range(0, keys).mapToObj(index -> col(KEY).getField(
                                                target.keys().get(index))
                                        .as(UpsertColumns.key(index))),
                                Stream.of(col(ORDERING)))
                        .toArray(Column[]::new))
                .groupBy(UpsertColumns.keys(keys))
                .agg(max(struct(col(ORDERING))).as(LATEST));
    }

    /** Returns whether it is time to {@link #prune}: every fifty versions. */
    boolean needPruning() {
        long version = version();
        return version > 0 && version % PRUNING == 0;
    }

    /** Forgets the keys whose time is over, and compacts the rest. */
    void prune(Instant now) {
        table.forget(DELETED_AT, now.minus(retention));
    }

    /**
     * Sees to it that the keys that winners delete can be added.
     *
     * @throws MillraceException of kind USER where their ordering is of another type than that of the keys that are there
     */
    void requireOrdering(Dataset<Row> winners) {
        if (version() < 0) {
            return;
        }
        DataType ordering = winners.schema().apply(UpsertColumns.ORDERING).dataType();
        DataType kept = table.rows().schema().apply(ORDERING).dataType();
        if (!UpsertSchema.same(kept, ordering)) {
            throw MillraceException.user(target.name() + ": deleted keys are remembered by an ordering of type "
                    + kept.sql() + " in " + table + ", but "
                    + target.wording().key(UpsertSetting.ORDERING) + " yields " + ordering.sql()
                    + "; go back to that type, or remove that table: older rows may then bring deleted keys back");
        }
    }
}
