package io.millrace.kafka;

import io.millrace.config.ConfigSection;
import io.millrace.kafka.spark.AvroValue;
import io.millrace.spark.DeclaredColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.spark.sql.types.StructType;

/** Decodes the section {@code decode} of a model. */
final class Decoders {

    private enum Format {
        STRING,
        BINARY,
        JSON,
        AVRO
    }

    private final ConfigSection section;

    private Decoders(ConfigSection section) {
        this.section = section;
    }

    /** Returns how records are decoded; bytes as they are where nothing is said. */
    static Optional<RecordDecoder> decode(ConfigSection value) {
        return value.has("decode")
                ? value.optionalSection("decode").flatMap(section -> new Decoders(section).decoder())
                : Optional.of(new BinaryRecords());
    }

    private Optional<RecordDecoder> decoder() {
        refuseProtobuf();
        Optional<Format> format = section.optionalEnum("format", Format.class);
        if (!section.has("format")) {
            section.problem("format", "is missing; one of string, binary, json, avro");
        }
        Optional<String> schema = section.optionalString("schema");
        Optional<String> schemaFile = section.optionalString("schema-file");
        Map<String, String> options = section.stringMap("options");
        NullValue nullValue =
                section.optionalEnum("null-value", NullValue.class).orElse(NullValue.DEAD_LETTER);
        if (format.isEmpty()) {
            return section.build(BinaryRecords::new); // empty, and with every key nobody knows
        }
        belongsTo(format.get(), "schema", Format.JSON, Format.AVRO);
        belongsTo(format.get(), "schema-file", Format.AVRO);
        belongsTo(format.get(), "options", Format.JSON);
        belongsTo(format.get(), "null-value", Format.JSON, Format.AVRO);
        return switch (format.get()) {
            case STRING -> section.build(TextRecords::new);
            case BINARY -> section.build(BinaryRecords::new);
            case JSON -> json(options, nullValue);
            case AVRO -> avro(schema, schemaFile, nullValue);
        };
    }

    private void refuseProtobuf() {
        String format = section.raw("format").map(written -> written.asText()).orElse("");
        if (format.toLowerCase(Locale.ROOT).equals("protobuf")) {
            section.problem("format", "protobuf is not supported; decode it with a strategy, from format = binary");
        }
    }

    private void belongsTo(Format format, String key, Format... formats) {
        if (section.has(key) && !List.of(formats).contains(format)) {
            section.problem(key, "is not for format " + format.name().toLowerCase(Locale.ROOT));
        }
    }

    private Optional<RecordDecoder> json(Map<String, String> options, NullValue nullValue) {
        if (!section.has("schema")) {
            section.problem("schema", "is missing; write the fields as in CREATE TABLE: \"id BIGINT, name STRING\"");
        }
        Optional<StructType> type = DeclaredColumns.in(section, "schema");
        return section.build(() -> new JsonRecords(type.orElseThrow(), options, nullValue));
    }

    private Optional<RecordDecoder> avro(Optional<String> inline, Optional<String> file, NullValue nullValue) {
        if (section.has("schema") == section.has("schema-file")) {
            section.problem("needs either schema, an Avro schema as text, or schema-file, the path of one");
        }
        String key = inline.isPresent() ? "schema" : "schema-file";
        Optional<Schema> schema = inline.or(() -> file.flatMap(this::content)).flatMap(text -> schema(key, text));
        return section.build(() -> new AvroRecords(schema.orElseThrow(), nullValue));
    }

    private Optional<String> content(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException unreadable) {
            section.problem(
                    "schema-file",
                    "cannot be read: " + file + " (" + unreadable.getClass().getSimpleName() + ")");
            return Optional.empty();
        }
    }

    private Optional<Schema> schema(String key, String text) {
        try {
            Schema schema = new Schema.Parser().parse(text);
            AvroValue.type(schema);
            return Optional.of(schema);
        } catch (SchemaParseException wrong) {
            section.problem(key, "is not an Avro schema: " + wrong.getMessage());
        } catch (IllegalArgumentException unusable) {
            section.problem(key, String.valueOf(unusable.getMessage()));
        }
        return Optional.empty();
    }
}
