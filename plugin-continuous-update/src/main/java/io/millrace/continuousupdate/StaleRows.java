package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import io.millrace.internal.spark.sql.ColumnNames;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the winners that the table knows better, before the merge does, where they are wanted as dead letters. */
final class StaleRows {

    private static final String STORED = "_upsert_stored";

    private StaleRows() {}

    /**
     * Adds {@link UpsertColumns#STALE} to winners.
     *
     * @param winners have {@link UpsertColumns#DELETED_BEFORE}
     * @param table the rows of the table
     */
    static Dataset<Row> mark(Dataset<Row> winners, Dataset<Row> table, UpsertTarget target, StoredOrdering ordering) {
        List<String> keys = target.keys();
        Dataset<Row> stored = table.select(Stream.concat(
                        IntStream.range(0, keys.size()).mapToObj(index -> col(ColumnNames.quoted(keys.get(index)))
                                .as(UpsertColumns.key(index))),
                        Stream.of(struct(ordering.value().orElse(lit(null)).as("ordering"))
                                .as(STORED)))
                .toArray(Column[]::new));
        Column found = col("stored." + STORED);
        Column outdated = ordering.value().isEmpty()
                ? lit(false)
                : UpsertColumns.newer(found.getField("ordering"), col("winners." + UpsertColumns.ORDERING));
        Column deletedBefore =
                col("winners." + UpsertColumns.DELETED_BEFORE).and(not(col("winners." + UpsertColumns.DELETE)));
        Column stale = found.isNotNull().and(outdated).or(found.isNull().and(deletedBefore));
        return winners.alias("winners")
                .join(stored.alias("stored"), UpsertColumns.sameKey("winners", "stored", keys.size()), "left_outer")
                .select(col("winners.*"), coalesce(stale, lit(false)).as(UpsertColumns.STALE));
    }
}
