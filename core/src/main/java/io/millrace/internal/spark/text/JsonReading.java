package io.millrace.internal.spark.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.internal.spark.ScalaCollections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;
import scala.Function1;

/**
 * Spark's parser of JSON, for which a time that is none of the years {@link EpochSeconds} knows is a value that does not fit: the number of
 * milliseconds for a TIMESTAMP, which it takes for seconds, or the text 20240501 for a DATE, which it takes for days since 1970. One is used by one
 * thread.
 */
final class JsonReading extends JacksonParser {

    private static final long SECONDS_OF_DAY = 86_400;
    private static final long MICROSECONDS = 1_000_000;

    JsonReading(StructType schema, JSONOptions options) {
        super(schema, options, false, ScalaCollections.seq(List.of()));
    }

    /** Called by Spark, for each field and what is inside it, while an object is made. */
    @Override
    public Function1<JsonParser, Object> makeConverter(DataType type) {
        Function1<JsonParser, Object> converter = super.makeConverter(type);
        if (type instanceof DateType) {
            return parser -> {
                @Nullable Integer days = (Integer) converter.apply(parser);
                require(days == null || EpochSeconds.are(days * SECONDS_OF_DAY));
                return days;
            };
        }
        if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            return parser -> {
                requireSeconds(parser);
                @Nullable Long microseconds = (Long) converter.apply(parser);
                require(microseconds == null || EpochSeconds.are(Math.floorDiv(microseconds, MICROSECONDS)));
                return microseconds;
            };
        }
        return converter;
    }

    /** Spark multiplies a number, whatever comes of it. */
    private static void requireSeconds(JsonParser parser) {
        try {
            if (parser.currentToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
            }
            require(parser.currentToken() != JsonToken.VALUE_NUMBER_INT || EpochSeconds.are(parser.getLongValue()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable); // which Spark's parser takes for a value that does not fit, too
        }
    }

    private static void require(boolean known) {
        if (!known) {
            throw new IllegalArgumentException("a time of another year");
        }
    }
}
