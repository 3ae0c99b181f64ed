package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTable;
import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnEqualOrdering;
import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.spark.ColumnNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The MERGE of winners into the table. A winner that is newer than the stored row replaces it, or deletes it; one that is older does nothing. At
 * equal orderings a delete wins, and an upsert as the settings say.
 */
final class UpsertMerge {

    private static final String TABLE = "_upsert_table";
    private static final String SOURCE = "_upsert_source";

    private final ContinuousUpdate settings;
    private final UpsertTarget target;
    private final StoredOrdering stored;
    private final KeyRange range;

    UpsertMerge(ContinuousUpdate settings, UpsertTarget target, StoredOrdering stored, KeyRange range) {
        this.range = range;
        this.settings = settings;
        this.target = target;
        this.stored = stored;
    }

    /**
     * Merges winners.
     *
     * @param session the batch's own, with Delta's settings for its identity
     * @param winners may have {@link UpsertColumns#BURIED}
     * @param deletes how many of them delete their key
     * @return Delta's answer; without rows where the table holds the batch already
     */
    Dataset<Row> run(SparkSession session, Dataset<Row> winners, long deletes) {
        boolean buried = List.of(winners.columns()).contains(UpsertColumns.BURIED);
        Column delete = source(UpsertColumns.DELETE);
        DeltaMergeBuilder merge = DeltaTable.forPath(session, target.location(), target.storage())
                .as(TABLE)
                .merge(winners.as(SOURCE), sameKey());
        if (deletes > 0) {
            merge = merge.whenMatched(delete.and(not(older()))).delete();
        }
        Map<String, Column> values = values();
        Column upsert = deletes > 0 ? not(delete) : lit(true);
        return merge.whenMatched(upsert.and(replaces()))
                .update(values)
                .whenNotMatched(buried ? upsert.and(not(source(UpsertColumns.BURIED))) : upsert)
                .insert(values)
                .execute();
    }

    /** Deletes the rows that winners, which must all delete, are not older than; where the table's orderings are not known, none. */
    Dataset<Row> delete(SparkSession session, Dataset<Row> winners) {
        Column known = lit(stored.value().isPresent());
        return DeltaTable.forPath(session, target.location(), target.storage())
                .as(TABLE)
                .merge(winners.as(SOURCE), sameKey())
                .whenMatched(known.and(not(older())))
                .delete()
                .execute();
    }

    /** Whether the incoming row is older than the stored one. Never null. */
    private Column older() {
        return stored.value()
                .map(ordering -> UpsertColumns.newer(ordering, source(UpsertColumns.ORDERING)))
                .orElse(lit(false));
    }

    /** Whether an incoming upsert replaces the stored row. Never null. */
    private Column replaces() {
        if (settings.onEqualOrdering() == OnEqualOrdering.KEEP_INCOMING) {
            return not(older());
        }
        return stored.value()
                .map(ordering -> UpsertColumns.newer(source(UpsertColumns.ORDERING), ordering))
                .orElse(lit(true));
    }

    private Column sameKey() {
        boolean nullIsAKey = settings.onNullKey() == OnNullKey.ALLOW;
        Column same = IntStream.range(0, target.keys().size())
                .mapToObj(index -> {
                    Column key = table(target.keys().get(index));
                    Column incoming = source(UpsertColumns.key(index));
                    return nullIsAKey ? key.eqNullSafe(incoming) : key.equalTo(incoming);
                })
                .reduce(Column::and)
                .orElseThrow();
        return range.condition(UpsertMerge::table, nullIsAKey).map(same::and).orElse(same);
    }

    private Map<String, Column> values() {
        Map<String, Column> values = new LinkedHashMap<>();
        for (String column : target.admitted().fieldNames()) {
            values.put(ColumnNames.quoted(column), source(UpsertColumns.ROW).getField(column));
        }
        if (target.orderingColumn() != null) {
            values.put(ColumnNames.quoted(target.orderingColumn()), source(UpsertColumns.ORDERING));
        }
        return values;
    }

    private static Column table(String column) {
        return col(TABLE + "." + ColumnNames.quoted(column));
    }

    private static Column source(String column) {
        return col(SOURCE + "." + column);
    }
}
