package io.millrace.internal.builtin;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.internal.spark.text.JsonValue;
import io.millrace.spi.DeclaresColumns;
import io.millrace.spi.ReadContext;
import io.millrace.spi.RowError;
import io.millrace.spi.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Rows that stand in the configuration, as JSON objects. */
record ValuesSource(StructType schema, List<String> rows) implements Source, DeclaresColumns {

    private static final String MALFORMED = "_malformed";

    ValuesSource {
        rows = List.copyOf(rows);
    }

    @Override
    public String description() {
        return rows.size() == 1 ? "1 row of the configuration" : rows.size() + " rows of the configuration";
    }

    @Override
    public Optional<StructType> declaredColumns() {
        return Optional.of(schema);
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        return context.session()
                .createDataset(rows, Encoders.STRING())
                .select(
                        col("value"),
                        JsonValue.parsed(context.session(), col("value").cast("binary"), schema, MALFORMED, Map.of())
                                .as("row"))
                .filter(when(col("row." + MALFORMED).isNull(), lit(true))
                        .otherwise(RowError.raise(concat(
                                        lit("a row of the configuration does not fit the columns " + schema.toDDL()
                                                + ": "),
                                        col("value")))
                                .cast("boolean")))
                .select("row.*")
                .drop(MALFORMED);
    }
}
