package io.millrace.kafka;

import io.millrace.spi.Rejection;
import io.millrace.spi.SourceColumn;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What has become of records, in the order of their offsets. */
final class Decoded {

    private Decoded() {}

    /** Returns the rows of those that could be decoded, as texts. */
    static List<String> good(Dataset<Row> decoded) {
        return decoded
                .filter("_rejected IS NULL")
                .orderBy("_source.offset")
                .drop(SourceColumn.NAME, Rejection.COLUMN)
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
    }
}
