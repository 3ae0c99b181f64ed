package io.millrace.spark;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import scala.Function1;

/** Spark's parser of JSON, which takes a number for a TIMESTAMP only where these {@link EpochSeconds} are some. One is used by one thread. */
final class JsonReading extends JacksonParser {

    JsonReading(StructType schema, JSONOptions options) {
        super(schema, options, false, ScalaCollections.seq(List.of()));
    }

    /** Called by Spark, for each field and what is inside it, while an object is made. */
    @Override
    public Function1<JsonParser, Object> makeConverter(DataType type) {
        Function1<JsonParser, Object> converter = super.makeConverter(type);
        return type instanceof TimestampType
                ? parser -> {
                    refuseOtherUnits(parser);
                    return converter.apply(parser);
                }
                : converter;
    }

    private static void refuseOtherUnits(JsonParser parser) {
        try {
            if (parser.currentToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
            }
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && !EpochSeconds.are(parser.getLongValue())) {
                throw new IllegalArgumentException(parser.getText() + " seconds are no time");
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable); // which the parser takes for a value that does not fit
        }
    }
}
