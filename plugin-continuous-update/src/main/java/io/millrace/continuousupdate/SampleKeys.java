package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A few keys of rows that need a look, such as {@code {"order_id":7}}, so that somebody can find them.
 *
 * @param keyless with a null in the key
 * @param unordered with a row that has no ordering
 * @param ties with different rows of the same ordering
 */
record SampleKeys(List<String> keyless, List<String> unordered, List<String> ties) {

    private static final int SIZE = 5;

    static SampleKeys in(Dataset<Row> winners, Winners.Count count, Policies policies) {
        List<String> names = policies.target().keys();
        return new SampleKeys(
                samples(count.keyless(), winners.filter(not(policies.withKey())), names),
                samples(
                        count.unordered(),
                        winners.filter(policies.withKey()
                                .and(col(UpsertColumns.NULL_ORDERINGS).gt(0))),
                        names),
                samples(count.ties(), winners.filter(policies.admitted().and(col(UpsertColumns.TIE))), names));
    }

    private static List<String> samples(long count, Dataset<Row> winners, List<String> names) {
        if (count == 0) {
            return List.of();
        }
        Column[] keys = IntStream.range(0, names.size())
                .mapToObj(index -> col(UpsertColumns.key(index)).as(names.get(index)))
                .toArray(Column[]::new);
        return winners
                .orderBy(UpsertColumns.keys(names.size()))
                .limit(SIZE)
                .select(to_json(struct(keys), Map.of("ignoreNullFields", "false")))
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
