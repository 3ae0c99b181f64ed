package io.millrace.internal.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Functions on texts that should hold one JSON object. They run on executors. */
final class JsonObject {

    /**
     * Whether a text, known to begin with a JSON value, is one object and nothing else, and UTF-8: Spark's parser stops after the first value
     * without a look at the rest, and puts replacement characters in the place of bytes that are no text. This looks at brackets and quotes only
     * and costs about 7 % of the parsing; parsing a second time costs 20 %.
     */
    static final UserDefinedFunction WHOLE =
            functions.udf((UDF1<byte[], Boolean>) JsonObject::whole, DataTypes.BooleanType);

    private static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactory())
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .build();

    private JsonObject() {}

    /**
     * Makes a function of a text and the JSON of what could be read of it, that says in a sentence what is wrong with the text.
     *
     * @param noun what the sentence calls the text
     */
    static UserDefinedFunction complaint(StructType schema, String noun) {
        UDF2<byte[], String, String> complaint = (text, read) -> complain(text, read, schema, noun);
        return functions.udf(complaint, DataTypes.StringType);
    }

    static boolean whole(byte @Nullable [] line) {
        if (line == null) {
            return false;
        }
        int start = JsonBrackets.skipBlanks(line, 0);
        if (start == line.length || line[start] != '{') {
            return false;
        }
        int end = JsonBrackets.endOfBrackets(line, start);
        return end >= 0 && JsonBrackets.skipBlanks(line, end) == line.length && isText(line);
    }

    private static boolean isText(byte[] line) {
        for (byte c : line) {
            if (c < 0) {
                return decoded(line).isPresent();
            }
        }
        return true;
    }

    private static Optional<String> decoded(byte[] line) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    static String complain(byte[] line, @Nullable String read, StructType schema, String noun) {
        String text = decoded(line).orElse(null);
        if (text == null) {
            return "the " + noun + " is not valid UTF-8";
        }
        try (JsonParser parser = MAPPER.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "the " + noun + " is not a JSON object";
            }
            JsonNode object = parser.readValueAsTree();
            if (!whole(line)) {
                return "there is more after the JSON object, from " + place(parser.currentLocation());
            }
            return mismatches(object, read, schema, noun);
        } catch (JsonProcessingException wrong) {
            return "the " + noun + " " + NotJson.words(wrong) + ", at " + place(wrong.getLocation());
        } catch (IOException impossible) {
            throw new IllegalStateException("a text in memory cannot fail to be read", impossible);
        }
    }

    private static String place(JsonLocation location) {
        String column = "column " + location.getColumnNr();
        return location.getLineNr() == 1 ? column : column + " of its line " + location.getLineNr();
    }

    private static String mismatches(JsonNode object, @Nullable String read, StructType schema, String noun)
            throws IOException {
        JsonNode values = MAPPER.readTree(read == null ? "{}" : read);
        List<String> mismatches = Mismatches.of(schema, object, values);
        return mismatches.isEmpty()
                ? "a value inside the " + noun + " does not fit the schema"
                : String.join(", ", mismatches);
    }
}
