package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnEqualOrdering;
import io.millrace.catalog.ContinuousUpdate.OnNullKey;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.spi.upsert.RowMerge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The merge of winners into the table. A winner that is newer than the stored row replaces it, or deletes it; one that is older does nothing. At
 * equal orderings a delete wins, and an upsert as the settings say.
 */
final class UpsertMerge {

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
     * @param winners may have {@link UpsertColumns#DELETED_BEFORE}
     * @param settled whether they are computed and kept
     * @param deletes how many of them delete their key
     */
    RowMerge of(Dataset<Row> winners, boolean settled, long deletes) {
        boolean marked = List.of(winners.columns()).contains(UpsertColumns.DELETED_BEFORE);
        Column delete = source(UpsertColumns.DELETE);
        Column upsert = deletes > 0 ? not(delete) : lit(true);
        return new RowMerge(
                winners,
                settled,
                sameKey(),
                deletes > 0 ? delete.and(not(older())) : null,
                upsert.and(replaces()),
                marked ? upsert.and(not(source(UpsertColumns.DELETED_BEFORE))) : upsert,
                values());
    }

    /** Deletes the rows that winners, which must all delete, are not older than; where the table's orderings are not known, none. */
    RowMerge deletion(Dataset<Row> winners) {
        Column known = lit(stored.value().isPresent());
        return new RowMerge(winners, false, sameKey(), known.and(not(older())), null, null, Map.of());
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
        return col(ColumnNames.quoted(column));
    }

    private static Column source(String column) {
        return col(column);
    }
}
