package io.millrace.internal.decode;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_json;

import io.millrace.internal.spark.text.JsonValue;
import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.Rejection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Decodes texts that should hold one JSON object each, by Spark's parser, and finds those that do not: also those the parser is content with, such
 * as a text with more after the object. Of a field that is there twice the last one counts, as in Spark. A value that is read as a STRING is the
 * text that was written. Immutable.
 */
public final class JsonDecoder {

    /** The reason code of texts that are not in order. */
    public static final String MALFORMED_JSON = "MALFORMED_JSON";

    private static final String PARSED = "_parsed";
    private static final String MALFORMED = "_malformed";

    private final StructType schema;
    private final Map<String, String> options;
    private final String noun;

    /**
     * Makes a decoder.
     *
     * @param schema the fields; a text without one that is not nullable, however deep, is malformed
     * @param options of {@code from_json}, such as {@code timestampFormat}
     * @param noun what messages call the text, such as {@code line}
     */
    public JsonDecoder(StructType schema, Map<String, String> options, String noun) {
        this.schema = schema;
        this.options = Map.copyOf(options);
        this.noun = noun;
    }

    /**
     * Adds to each row what could be read of its text, for {@link #field} and {@link #rejection}.
     *
     * @param bytes the text in UTF-8
     */
    public Dataset<Row> parse(Dataset<Row> rows, Column bytes) {
        return rows.withColumn(PARSED, JsonValue.parsed(rows.sparkSession(), bytes, schema, MALFORMED, options));
    }

    /** Returns a field of what was parsed. */
    public Column field(String name) {
        return col(PARSED).getField(name);
    }

    /**
     * Returns the {@link Rejection} of rows that were parsed: null where the text is in order.
     *
     * @param bytes the text in UTF-8; a null is malformed
     * @param values the columns of the row for the fields of the schema, in their order
     */
    public Column rejection(Column bytes, List<Column> values) {
        Column good = col(PARSED + "." + MALFORMED).isNull().and(JsonObject.WHOLE.apply(bytes));
        for (int i = 0; i < schema.length(); i++) {
            good = RequiredFields.present(schema.fields()[i], values.get(i))
                    .map(good::and)
                    .orElse(good);
        }
        Column reason = JsonObject.complaint(schema, noun).apply(bytes, to_json(col(PARSED)));
        return Rejection.when(not(coalesce(good, lit(false))), DeadLetterStage.DECODE, MALFORMED_JSON, reason);
    }
}
