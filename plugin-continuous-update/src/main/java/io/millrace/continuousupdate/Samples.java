package io.millrace.continuousupdate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A few keys of rows that need a look, such as {@code {"order_id":7}}. */
final class Samples {

    private static final int SIZE = 5;

    private Samples() {}

    /** Returns up to five keys, the first in their order. */
    static List<String> keys(Dataset<Row> rows, List<String> names) {
        Column[] keys = IntStream.range(0, names.size())
                .mapToObj(index -> col(UpsertColumns.key(index)).as(names.get(index)))
                .toArray(Column[]::new);
        return rows
                .orderBy(UpsertColumns.keys(names.size()))
                .limit(SIZE)
                .select(to_json(struct(keys), Map.of("ignoreNullFields", "false")))
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
