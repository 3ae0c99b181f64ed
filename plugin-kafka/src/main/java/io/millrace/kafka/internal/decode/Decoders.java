package io.millrace.kafka.internal.decode;

import io.millrace.config.AllowedWords;
import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.internal.decode.JsonColumns;
import io.millrace.internal.decode.WrittenText;
import io.millrace.kafka.internal.broker.Topics;
import io.millrace.kafka.internal.registry.RegistrySettings;
import io.millrace.kafka.internal.schema.ReaderSchema;
import io.millrace.kafka.internal.spark.AvroValue;
import io.millrace.spi.OptionDescription;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.spark.sql.types.StructType;

/** Decodes the section {@code decode} of a model. */
public final class Decoders {

    private enum Format {
        STRING,
        BINARY,
        JSON,
        AVRO,
        CONFLUENT_AVRO
    }

    private static final Option<Format> FORMAT = Option.choice("format", Format.class)
            .otherwise(
                    "binary",
                    "What a record is. string and binary give the columns key and value, the others those of the schema.");
    private static final Option<String> SUBJECT = Option.text("subject")
            .otherwise(
                    "TOPIC-value",
                    "The subject whose newest schema the rows have. Needed where there are several topics.");
    private static final Option<Integer> VERSION =
            Option.count("version").otherwise("the newest", "The version of the subject whose schema the rows have.");
    private static final Option<Map<String, String>> SPARK_OPTIONS =
            Option.textMap("options").byDefault(Map.of(), "Passed to Spark's from_json, such as timestampFormat.");
    private static final Option<NullValue> NULL_VALUE = Option.choice("null-value", NullValue.class)
            .byDefault(
                    NullValue.DEAD_LETTER,
                    "Whether a record without a value cannot be decoded, or becomes a row of nulls.");

    /** The options; those of the schema are decoded where the format is known. */
    public static final List<OptionDescription> OPTIONS = Stream.of(
                    OptionDescription.of(
                            FORMAT,
                            Option.text("schema")
                                    .as("columns as in CREATE TABLE, or an Avro schema")
                                    .optional(
                                            "The fields of the value: for json in DDL, where a record without a NOT NULL field is malformed; for avro the schema all"
                                                    + " records were written with; for confluent-avro the schema they are read as, instead of the subject's."),
                            Option.text("schema-file").as("path").optional("A file with the Avro schema.")),
                    OptionDescription.of(JsonColumns.besidesSchema("fields", "values")),
                    OptionDescription.below("registry", OptionDescription.of(RegistrySettings.OPTIONS)),
                    OptionDescription.of(SUBJECT, VERSION, SPARK_OPTIONS, NULL_VALUE))
            .flatMap(List::stream)
            .toList();

    private final ConfigSection section;
    private final Topics topics;

    private Decoders(ConfigSection section, Topics topics) {
        this.section = section;
        this.topics = topics;
    }

    /** Returns how records are decoded; bytes as they are where nothing is said. */
    public static Optional<RecordDecoder> decode(ConfigSection value, Topics topics) {
        return value.has("decode")
                ? value.optionalSection("decode").flatMap(section -> new Decoders(section, topics).decoder())
                : Optional.of(new BinaryRecords());
    }

    private Optional<RecordDecoder> decoder() {
        refuseProtobuf();
        Optional<Format> format = section.find(FORMAT);
        if (!section.has(FORMAT)) {
            section.problem(FORMAT, "is missing; one of string, binary, json, avro, confluent-avro");
        }
        Optional<RegistrySettings> registry = RegistrySettings.in(section);
        Optional<String> subject = section.find(SUBJECT);
        Optional<Integer> version = section.find(VERSION);
        Map<String, String> options = section.get(SPARK_OPTIONS);
        NullValue nullValue = section.get(NULL_VALUE);
        JsonColumns.BESIDES_SCHEMA.forEach(key -> belongsTo(format, key, Format.JSON));
        belongsTo(format, "schema", Format.JSON, Format.AVRO, Format.CONFLUENT_AVRO);
        belongsTo(format, "schema-file", Format.AVRO, Format.CONFLUENT_AVRO);
        belongsTo(format, "options", Format.JSON);
        belongsTo(format, "null-value", Format.JSON, Format.AVRO, Format.CONFLUENT_AVRO);
        belongsTo(format, "registry", Format.CONFLUENT_AVRO);
        belongsTo(format, "subject", Format.CONFLUENT_AVRO);
        belongsTo(format, "version", Format.CONFLUENT_AVRO);
        if (format.isEmpty()) {
            return section.build(BinaryRecords::new); // empty, and with every key nobody knows
        }
        return switch (format.get()) {
            case STRING -> section.build(TextRecords::new);
            case BINARY -> section.build(BinaryRecords::new);
            case JSON -> json(options, nullValue);
            case AVRO -> avro(nullValue);
            case CONFLUENT_AVRO -> {
                ReaderSchema reader = reader(subject, version, written());
                yield section.build(() -> new RegisteredRecords(registry.orElseThrow(), reader, nullValue));
            }
        };
    }

    private void refuseProtobuf() {
        String format = section.raw("format").map(written -> written.asText()).orElse("");
        if (format.toLowerCase(Locale.ROOT).equals("protobuf")) {
            section.problem("format", "protobuf is not supported; decode it with a strategy, from format = binary");
        }
    }

    private void belongsTo(Optional<Format> format, String key, Format... formats) {
        if (section.has(key) && format.isPresent() && !List.of(formats).contains(format.get())) {
            section.problem(key, "is not for format " + AllowedWords.kebab(format.get()));
        }
    }

    private Optional<RecordDecoder> json(Map<String, String> options, NullValue nullValue) {
        Optional<StructType> type = JsonColumns.required(section, options);
        return section.build(() -> new JsonRecords(type.orElseThrow(), options, nullValue));
    }

    private Optional<RecordDecoder> avro(NullValue nullValue) {
        if (section.has("schema") == section.has("schema-file")) {
            section.problem("needs either schema, an Avro schema as text, or schema-file, the path of one");
        }
        Optional<Schema> schema = written();
        return section.build(() -> new AvroRecords(schema.orElseThrow(), nullValue));
    }

    private Optional<Schema> written() {
        return WrittenText.in(section, "schema").flatMap(written -> schema(written.key(), written.text()));
    }

    /** Notes what is missing, or too much, of what tells the schema of the rows. */
    private ReaderSchema reader(Optional<String> subject, Optional<Integer> version, Optional<Schema> written) {
        RegistrySettings.require(section);
        List<String> ways = List.of("version", "schema", "schema-file");
        if (ways.stream().filter(section::has).count() > 1) {
            section.problem(
                    "takes one of " + String.join(", ", ways) + "; without one, the newest schema of the subject");
        }
        Optional<String> name = subject.or(topics::valueSubject);
        if (name.isEmpty() && !section.has("schema") && !section.has("schema-file")) {
            section.problem("subject", "is missing: with several topics, say whose schema the rows have");
        }
        return new ReaderSchema(name.orElse(null), version.orElse(null), written.orElse(null));
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
