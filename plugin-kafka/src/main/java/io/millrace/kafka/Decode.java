package io.millrace.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a record of a topic is; for {@link Kafka#decode}. Not for use by several threads. */
public final class Decode {

    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, Object> options = new TreeMap<>();

    private Decode(String format) {
        settings.put("format", format);
    }

    /** Texts: columns {@code key} and {@code value}. */
    public static Decode string() {
        return new Decode("string");
    }

    /** Bytes: columns {@code key} and {@code value}. */
    public static Decode binary() {
        return new Decode("binary");
    }

    /** JSON objects of these fields, as in CREATE TABLE. */
    public static Decode json(String columns) {
        return new Decode("json").with("schema", columns);
    }

    /** JSON objects whose fields a JSON Schema describes. */
    public static Decode jsonSchema(String schema) {
        return new Decode("json").with("json-schema", schema);
    }

    /** JSON objects whose fields the JSON Schema in a file describes. */
    public static Decode jsonSchemaFile(String file) {
        return new Decode("json").with("json-schema-file", file);
    }

    /** JSON objects like those of a sample, from which Spark infers the fields. */
    public static Decode jsonLike(String sample) {
        return new Decode("json").with("sample", sample);
    }

    /** JSON objects like those in a file, from which Spark infers the fields. */
    public static Decode jsonLikeFile(String file) {
        return new Decode("json").with("sample-file", file);
    }

    /** Avro records, all written with this schema. */
    public static Decode avro(String schema) {
        return new Decode("avro").with("schema", schema);
    }

    /** Avro records, all written with the schema in a file. */
    public static Decode avroFile(String file) {
        return new Decode("avro").with("schema-file", file);
    }

    /** Avro records that name their schema, which a registry has. They are read as the newest schema of the subject, unless something else is said. */
    public static Decode confluentAvro(Registry registry) {
        return new Decode("confluent-avro").with("registry", registry.settings());
    }

    /** For a registry: says whose schema the rows have; needed where there are several topics. */
    public Decode subject(String name) {
        return with("subject", name);
    }

    /** For a registry: says which version of the subject's schema the rows have. */
    public Decode version(int number) {
        return with("version", number);
    }

    /** For a registry: says which Avro schema records are read as, instead of the subject's. */
    public Decode readAs(String schema) {
        return with("schema", schema);
    }

    /** For a registry: says in which file the Avro schema is that records are read as, instead of the subject's. */
    public Decode readAsFile(String file) {
        return with("schema-file", file);
    }

    /** For JSON: passes an option to Spark's {@code from_json}, such as {@code timestampFormat}. */
    public Decode option(String name, Object value) {
        options.put(name, value);
        return with("options", options);
    }

    /** Makes a row of nulls of a record without a value; without it, such a record cannot be decoded. */
    public Decode keepNullValues() {
        return with("null-value", "keep");
    }

    private Decode with(String setting, Object value) {
        settings.put(setting, value);
        return this;
    }

    Map<String, Object> settings() {
        return settings;
    }
}
