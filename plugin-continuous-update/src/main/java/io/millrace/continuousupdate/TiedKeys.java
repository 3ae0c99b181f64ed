package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Keys whose greatest ordering belongs to rows of different contents, looked at a second time: the greatest ordering with one content only wins,
 * and all rows above it are undecided. A key without such an ordering has no winner.
 *
 * @param winners the winners of those keys that have one, as {@link Winners} returns them
 * @param undecided the fitted rows above them
 */
record TiedKeys(Dataset<Row> winners, Dataset<Row> undecided) {

    private static final String LEVEL = "_upsert_level";
    private static final String CLEAR = "_upsert_clear";

    /**
     * Looks at them.
     *
     * @param tied winners that tie
     * @param fitted the rows that were reduced, with {@link UpsertColumns#ORIGINAL}
     */
    static TiedKeys resolve(Dataset<Row> tied, Dataset<Row> fitted, int keyColumns) {
        Column[] keys = UpsertColumns.keys(keyColumns);
        Dataset<Row> rows = fitted.alias("rows")
                .join(tied.select(keys).alias("tied"), UpsertColumns.sameKey("rows", "tied", keyColumns), "left_semi");
        List<Column> levelKeys = new ArrayList<>(List.of(keys));
        levelKeys.add(col(LEVEL));
        Dataset<Row> levels = Winners.of(
                        rows.withColumn(LEVEL, col(UpsertColumns.ORDERING)), levelKeys.toArray(Column[]::new))
                .drop(LEVEL);
        Column[] rest = Stream.of(levels.columns())
                .filter(name -> !UpsertColumns.isKey(name))
                .map(org.apache.spark.sql.functions::col)
                .toArray(Column[]::new);
        Dataset<Row> winners = levels.filter(not(col(UpsertColumns.TIE)))
                .groupBy(keys)
                .agg(max_by(struct(rest), struct(col(UpsertColumns.ORDERING))).as(CLEAR))
                .select(Stream.concat(Stream.of(keys), Stream.of(col(CLEAR + ".*")))
                        .toArray(Column[]::new));
        Column ordering = col("rows." + UpsertColumns.ORDERING);
        Dataset<Row> undecided = rows.alias("rows")
                .join(
                        winners.alias("winners"),
                        UpsertColumns.sameKey("rows", "winners", keyColumns)
                                .and(not(UpsertColumns.newer(ordering, col("winners." + UpsertColumns.ORDERING)))),
                        "left_anti");
        return new TiedKeys(winners, undecided);
    }
}
