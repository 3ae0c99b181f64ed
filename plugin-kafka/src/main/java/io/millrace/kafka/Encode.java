package io.millrace.kafka;

import java.util.LinkedHashMap;
import java.util.Map;

/** How rows are written as records of a topic; for {@link Kafka#encode}. Not for use by several threads. */
public final class Encode {

    private final Map<String, Object> settings = new LinkedHashMap<>();

    private Encode(String format) {
        settings.put("format", format);
    }

    /** All columns as one JSON object. */
    public static Encode json() {
        return new Encode("json");
    }

    /** The column {@code value}, a text. */
    public static Encode string() {
        return new Encode("string");
    }

    /** The column {@code value}, bytes. */
    public static Encode binary() {
        return new Encode("binary");
    }

    /** All columns as an Avro record, after the id of its schema, which is registered. */
    public static Encode confluentAvro(Registry registry) {
        return new Encode("confluent-avro").with("registry", registry.settings());
    }

    /** For a registry: says under which subject the schema is registered; without it, under that of the topic's values. */
    public Encode subject(String name) {
        return with("subject", name);
    }

    /** For a registry: names the Avro record, such as {@code shop.Order}. */
    public Encode record(String name) {
        return with("record", name);
    }

    private Encode with(String setting, Object value) {
        settings.put(setting, value);
        return this;
    }

    Map<String, Object> settings() {
        return settings;
    }
}
