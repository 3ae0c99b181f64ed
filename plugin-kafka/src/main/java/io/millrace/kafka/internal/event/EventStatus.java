package io.millrace.kafka.internal.event;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.SourceColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What an event says of itself, read once. Runs on executors. */
public final class EventStatus {

    static final String UNIQUE = "unique";
    static final String DUPLICATE = "duplicate";
    static final String MALFORMED = "malformed";

    /** The flags of an event that was looked for and is new, and of one that came before. */
    static final String PROCESSED = "{\"dd_processed\":true}";

    static final String REPEATED = "{\"dd_processed\":false,\"dd_duplicate_event\":true}";
    private static final String NOT_LOOKED_FOR = "{\"dd_processed\":false}";
    private static final String WITHOUT_IDENTITY = "{\"dd_processed\":false,\"dd_checksum_present\":false}";

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    private static final StructType TOLD = new StructType()
            .add("value", DataTypes.BinaryType)
            .add("did", DataTypes.StringType)
            .add("status", DataTypes.StringType)
            .add("identity", DataTypes.StringType);

    private EventStatus() {}

    /**
     * Returns rows with value, did, status, identity and where they come from. An event with an identity is to be looked for; the status of the others
     * is settled.
     */
    public static Dataset<Row> of(Dataset<Row> stream, List<String> producers) {
        List<String> wanted = List.copyOf(producers);
        UserDefinedFunction told = functions.udf((UDF1<byte[], Row>) value -> told(value, wanted), TOLD);
        Dataset<Row> rows = stream.withColumn("_told", told.apply(col("value").cast(DataTypes.BinaryType)));
        Column source = Arrays.asList(stream.columns()).contains(SourceColumn.NAME)
                ? col(SourceColumn.NAME)
                : SourceColumn.of(java.util.Map.of());
        return rows.select(
                col("_told.value").as("value"),
                col("_told.did").as("did"),
                col("_told.status").as("status"),
                col("_told.identity").as("identity"),
                source.as(SourceColumn.NAME));
    }

    static Row told(byte @Nullable [] value, List<String> producers) {
        JsonNode event = parsed(value);
        if (value == null || event == null) {
            return RowFactory.create(value, null, MALFORMED, null);
        }
        String did =
                text(event.path("dimensions").path("did"), event.path("context").path("did"));
        String identity = text(event.path("metadata").path("checksum"), event.path("mid"));
        if (identity == null) {
            return RowFactory.create(flagged(value, event, WITHOUT_IDENTITY), did, UNIQUE, null);
        }
        String producer = text(event.path("context").path("pdata").path("id"));
        if (!producers.isEmpty() && !producers.contains(producer)) {
            return RowFactory.create(flagged(value, event, NOT_LOOKED_FOR), did, UNIQUE, null);
        }
        return RowFactory.create(value, did, UNIQUE, identity);
    }

    /** Adds flags to the text of an event that has an identity, and else stays as it was written. It is read once more only where it may have flags. */
    static byte[] flagged(byte[] value, String flags) {
        String text = new String(value, StandardCharsets.UTF_8);
        boolean mayHaveFlags = text.contains("flags") || text.contains("\\u"); // a name may be written in escapes
        JsonNode event = mayHaveFlags ? parsed(value) : null;
        return event == null ? appended(text, ",", flags) : flagged(value, event, flags);
    }

    private static byte[] flagged(byte[] value, JsonNode event, String flags) {
        return event.has("flags")
                ? merged((ObjectNode) event, flags)
                : appended(new String(value, StandardCharsets.UTF_8), event.isEmpty() ? "" : ",", flags);
    }

    private static byte[] appended(String event, String between, String flags) {
        String before = event.substring(0, event.lastIndexOf('}'));
        return (before + between + "\"flags\":" + flags + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] merged(ObjectNode event, String flags) {
        ObjectNode all = event.path("flags") instanceof ObjectNode known ? known : event.putObject("flags");
        try {
            JSON.readTree(flags).properties().forEach(flag -> all.set(flag.getKey(), flag.getValue()));
        } catch (IOException impossible) {
            throw new IllegalStateException("flags are JSON", impossible);
        }
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable JsonNode parsed(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(new String(value, StandardCharsets.UTF_8))) {
            JsonNode event = parser.readValueAsTree();
            boolean more = parser.nextToken() != null;
            return event instanceof ObjectNode && !more ? event : null;
        } catch (IOException | RuntimeException noJson) {
            return null;
        }
    }

    private static @Nullable String text(JsonNode... places) {
        for (JsonNode place : places) {
            if (place.isValueNode() && !place.isNull() && !place.asText().isEmpty()) {
                return place.asText();
            }
        }
        return null;
    }
}
