package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.bitwise_not;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reduces rows to one per key: the one with the greatest ordering; of equal ones a delete; then the one that stood later in its source, where the
 * rows know that (the greater Kafka offset); then the one with the greater hash of its contents. So the same rows have the same winner, in
 * whatever order they come.
 *
 * <p>Plain aggregates: rows are reduced before they are shuffled, and no key needs all its rows in one place.
 */
final class Winners {

    private static final String BEST = "_upsert_best";
    private static final String HIGHEST = "_upsert_highest";
    private static final String LOWEST = "_upsert_lowest";

    private Winners() {}

    /**
     * Reduces fitted rows.
     *
     * @return keys, {@link UpsertColumns#ORDERING}, {@link UpsertColumns#DELETE}, {@link UpsertColumns#ROW}, {@link UpsertColumns#ORIGINAL} where
     *     it was given, {@link UpsertColumns#ROWS}, {@link UpsertColumns#NULL_ORDERINGS}, {@link UpsertColumns#TIE}
     */
    static Dataset<Row> of(Dataset<Row> fitted, Column... keys) {
        List<String> payload = Stream.of(
                        UpsertColumns.ORDERING, UpsertColumns.DELETE, UpsertColumns.ROW, UpsertColumns.ORIGINAL)
                .filter(List.of(fitted.columns())::contains)
                .toList();
        Column value =
                struct(payload.stream().map(org.apache.spark.sql.functions::col).toArray(Column[]::new));
        Column content = col(UpsertColumns.CONTENT);
        Column rank =
                struct(col(UpsertColumns.ORDERING), col(UpsertColumns.DELETE), col(UpsertColumns.POSITION), content);
        Column tie = col(HIGHEST)
                .getField("content")
                .notEqual(bitwise_not(col(LOWEST).getField("content")));
        return fitted.groupBy(keys)
                .agg(
                        count(lit(1)).as(UpsertColumns.ROWS),
                        count_if(col(UpsertColumns.ORDERING).isNull()).as(UpsertColumns.NULL_ORDERINGS),
                        max_by(value, rank).as(BEST),
                        max(level(content)).as(HIGHEST),
                        // ~ turns the order of the hashes around: the least of those at the greatest ordering
                        max(level(bitwise_not(content))).as(LOWEST))
                .select(Stream.of(
                                Stream.of(keys),
                                payload.stream()
                                        .map(name -> col(BEST).getField(name).as(name)),
                                Stream.of(
                                        col(UpsertColumns.ROWS),
                                        col(UpsertColumns.NULL_ORDERINGS),
                                        tie.as(UpsertColumns.TIE)))
                        .flatMap(columns -> columns)
                        .toArray(Column[]::new));
    }

    private static Column level(Column content) {
        return struct(col(UpsertColumns.ORDERING), col(UpsertColumns.DELETE), content.as("content"));
    }

    /** Counts winners and the rows they stand for. */
    static Count figures(Dataset<Row> winners, Policies policies) {
        Column withKey = policies.withKey();
        Column admitted = policies.admitted();
        List<Column> more = new ArrayList<>(List.of(
                count_if(withKey),
                total(when(not(withKey), col(UpsertColumns.ROWS))),
                total(when(withKey, col(UpsertColumns.NULL_ORDERINGS))),
                count_if(admitted),
                count_if(admitted.and(col(UpsertColumns.TIE))),
                count_if(admitted.and(col(UpsertColumns.DELETE)))));
        more.addAll(KeyRange.aggregates(policies.target(), admitted));
        Row row = winners.agg(total(col(UpsertColumns.ROWS)), more.toArray(Column[]::new))
                .head();
        return new Count(
                row.getLong(0),
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                KeyRange.read(policies.target(), row, 7));
    }

    private static Column total(Column value) {
        return coalesce(sum(value), lit(0L));
    }

    /**
     * What a set of winners is made of.
     *
     * @param rows rows they were reduced from
     * @param keys distinct keys
     * @param keyless rows without a key
     * @param unordered rows that have a key and no ordering
     * @param admitted winners that may go on
     * @param ties winners of these that share their ordering with rows of other contents
     * @param deletes winners of these that delete their key
     * @param range between which values the keys of these lie
     */
    record Count(
            long rows,
            long keys,
            long keyless,
            long unordered,
            long admitted,
            long ties,
            long deletes,
            KeyRange range) {}
}
