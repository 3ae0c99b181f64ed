package io.millrace.internal.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.internal.spark.sql.DeclaredColumns;
import io.millrace.internal.spark.text.JsonSample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/** The settings that say which columns JSON objects have: a list as in CREATE TABLE, a JSON Schema, or a sample. */
public final class JsonColumns {

    /** The settings besides {@code schema}, which other formats have, too. */
    public static final List<String> BESIDES_SCHEMA =
            besidesSchema("columns", "records").stream().map(Option::name).toList();

    private static final List<String> KEYS =
            Stream.concat(Stream.of("schema"), BESIDES_SCHEMA.stream()).toList();

    private JsonColumns() {}

    /**
     * Returns the settings besides {@code schema}, as options.
     *
     * @param columns what the user calls the columns, such as {@code fields}
     * @param records what the user calls the objects, such as {@code values}
     */
    public static List<Option<?>> besidesSchema(String columns, String records) {
        return List.of(
                Option.text("json-schema")
                        .as("JSON Schema, as text")
                        .optional("For json, instead of schema: the " + columns + ", as a JSON Schema."),
                Option.text("json-schema-file").as("path").optional("A file with the JSON Schema."),
                Option.text("sample")
                        .as("JSON objects, as text")
                        .optional("For json, instead of schema: " + records + " from which Spark infers the " + columns
                                + "."),
                Option.text("sample-file").as("path").optional("A file with such " + records + "."));
    }

    /**
     * Reads the settings, one of which must be written.
     *
     * @param options as for {@link #in}
     */
    public static Optional<StructType> required(ConfigSection section, Map<String, String> options) {
        if (KEYS.stream().noneMatch(section::has)) {
            section.problem(
                    "schema",
                    "is missing; write the fields as in CREATE TABLE: \"id BIGINT, name STRING\", or one of "
                            + String.join(", ", BESIDES_SCHEMA));
        }
        return in(section, options);
    }

    /**
     * Reads the settings; empty where none is written, or something is wrong, which is noted on the section.
     *
     * @param options of {@code from_json}, which are those of Spark's inference, too
     */
    public static Optional<StructType> in(ConfigSection section, Map<String, String> options) {
        List<String> written = KEYS.stream().filter(section::has).toList();
        if (written.size() > 1) {
            section.problem("takes one of " + String.join(", ", KEYS) + ", not " + String.join(" and ", written));
        }
        Optional<StructType> declared = declared(section);
        Optional<StructType> described =
                WrittenText.in(section, "json-schema").flatMap(schema -> described(section, schema));
        Optional<StructType> sampled =
                WrittenText.in(section, "sample").flatMap(sample -> sampled(section, sample, options));
        return declared.or(() -> described).or(() -> sampled);
    }

    /** Reads {@code schema}, a list as in CREATE TABLE; empty where it is not written, or something is wrong, which is noted on the section. */
    public static Optional<StructType> declared(ConfigSection section) {
        Optional<StructType> declared = DeclaredColumns.in(section, "schema");
        declared.flatMap(JsonTypes::problem).ifPresent(problem -> section.problem("schema", problem));
        return declared;
    }

    private static Optional<StructType> described(ConfigSection section, WrittenText schema) {
        return JsonSchema.columns(schema.text(), problem -> section.problem(schema.key(), problem));
    }

    private static Optional<StructType> sampled(
            ConfigSection section, WrittenText sample, Map<String, String> options) {
        try {
            return Optional.of(JsonSample.columns(sample.text(), options));
        } catch (JsonSample.NoSampleException wrong) {
            section.problem(sample.key(), wrong.getMessage());
        } catch (JsonProcessingException wrong) {
            section.problem(sample.key(), NotJson.wordsWithLine(wrong));
        }
        return Optional.empty();
    }
}
