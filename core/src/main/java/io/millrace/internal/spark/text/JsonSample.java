package io.millrace.internal.spark.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.internal.spark.ScalaCollections;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JsonInferSchema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds the columns of JSON objects in a sample of them, as Spark's reader of files does, but without a session. */
public final class JsonSample {

    /** A text that is no sample; the message says why. */
    public static final class NoSampleException extends Exception {
        private static final long serialVersionUID = 1L;

        NoSampleException(String message) {
            super(message);
        }

        /** Returns the message; never null. */
        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private JsonSample() {}

    /**
     * Returns the columns, all of them nullable and in the order of their names. A field that has several types gets one that holds them all.
     *
     * @param objects one JSON object, or several one after the other
     * @param options of Spark's reader of JSON, such as {@code primitivesAsString}
     * @throws JsonProcessingException where it is not JSON
     */
    public static StructType columns(String objects, Map<String, String> options)
            throws JsonProcessingException, NoSampleException {
        try {
            JSONOptions parsed = new JSONOptions(ScalaCollections.map(options), "UTC", "");
            StructType type = inferred(objects, parsed);
            if (type.isEmpty()) {
                throw new NoSampleException("holds no field; write an object as the records are");
            }
            refuseTwins(type, "");
            return type;
        } catch (JsonProcessingException wrong) {
            throw wrong;
        } catch (IOException impossible) {
            throw new IllegalStateException("a text in memory cannot fail to be read", impossible);
        } catch (IllegalArgumentException refused) {
            throw new NoSampleException("cannot be read with these options: " + refused.getMessage());
        }
    }

    private static StructType inferred(String objects, JSONOptions options) throws IOException, NoSampleException {
        JsonInferSchema inference = new JsonInferSchema(options);
        DataType type = new StructType();
        try (JsonParser parser = options.buildJsonFactory().createParser(objects)) {
            for (int number = 1; parser.nextToken() != null; number++) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw new NoSampleException("document " + number + " is no object but "
                            + words(parser.currentToken()) + "; write the objects one after the other");
                }
                type = JsonInferSchema.compatibleType(
                        type, inference.inferField(parser), JsonInferSchema.compatibleType$default$3());
            }
        }
        return inference.canonicalizeType(type, options).isDefined()
                ? (StructType) inference.canonicalizeType(type, options).get()
                : new StructType();
    }

    private static String words(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> String.valueOf(token.asString());
        };
    }

    /** Spark's SQL does not tell names apart that differ in their case only. */
    private static void refuseTwins(DataType type, String path) throws NoSampleException {
        if (type instanceof ArrayType array) {
            refuseTwins(array.elementType(), path);
        } else if (type instanceof StructType struct) {
            Set<String> names = new TreeSet<>();
            for (StructField field : struct.fields()) {
                if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                    throw new NoSampleException("has the field " + path + field.name()
                            + " twice, or in two cases, which SQL does not tell apart; leave one out");
                }
                refuseTwins(field.dataType(), path + field.name() + ".");
            }
        }
    }
}
