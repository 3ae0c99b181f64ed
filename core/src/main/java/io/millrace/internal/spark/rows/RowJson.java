package io.millrace.internal.spark.rows;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.spi.SourceColumn;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows as JSON, for targets that take records rather than columns. */
public final class RowJson {

    private RowJson() {}

    /** Returns each row as one JSON object with all its columns, nulls included, without its {@link SourceColumn}. */
    public static Column of(Dataset<Row> rows) {
        return to_json(struct(ColumnNames.allBut(rows, SourceColumn.NAME)), Map.of("ignoreNullFields", "false"));
    }
}
