package io.millrace.kafka.internal.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read directly is what Avro's reader and Spark's converter make of it. */
class DirectAvroTest {

    private static final int RECORDS = 300;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "boolean" | "boolean"
                    "int" | "int"
                    "int" | "long"
                    "int" | "float"
                    "int" | "double"
                    "long" | "long"
                    "long" | "float"
                    "long" | "double"
                    "float" | "float"
                    "float" | "double"
                    "double" | "double"
                    "string" | "string"
                    "string" | "bytes"
                    "bytes" | "string"
                    "bytes" | "bytes"
                    {"type":"fixed","name":"F","size":7} | {"type":"fixed","name":"F","size":7}
                    {"type":"enum","name":"E","symbols":["A","B","C"]} | {"type":"enum","name":"E","symbols":["C","A","B"]}
                    {"type":"enum","name":"E","symbols":["A","B","C"]} | {"type":"enum","name":"E","symbols":["A"],"default":"A"}
                    {"type":"int","logicalType":"date"} | {"type":"int","logicalType":"date"}
                    {"type":"long","logicalType":"timestamp-micros"} | {"type":"long","logicalType":"timestamp-micros"}
                    {"type":"long","logicalType":"local-timestamp-micros"} | {"type":"long","logicalType":"local-timestamp-micros"}
                    "int" | {"type":"long","logicalType":"timestamp-millis"}
                    "int" | {"type":"long","logicalType":"local-timestamp-millis"}
                    ["null","string"] | ["null","string"]
                    ["string","null"] | ["null","string"]
                    "string" | ["null","string"]
                    ["null","int"] | ["long","null"]
                    {"type":"array","items":"int"} | {"type":"array","items":"long"}
                    {"type":"array","items":["null","string"]} | {"type":"array","items":["null","string"]}
                    {"type":"map","values":"int"} | {"type":"map","values":["null","double"]}
                    {"type":"record","name":"P","fields":[{"name":"a","type":"int"},{"name":"b","type":"string"}]} | {"type":"record","name":"P","fields":[{"name":"b","type":"string"},{"name":"a","type":"long"}]}
                    {"type":"array","items":{"type":"record","name":"P","fields":[{"name":"a","type":["null",{"type":"map","values":"string"}]}]}} | {"type":"array","items":{"type":"record","name":"P","fields":[{"name":"n","type":"int","default":7},{"name":"a","type":["null",{"type":"map","values":"string"}]}]}}
                    """)
    void theRowsAreThoseOfAvrosReader(String written, String wanted) throws IOException {
        sameRows(
                schema("{\"name\":\"x\",\"type\":%s}".formatted(written)),
                schema("{\"name\":\"x\",\"type\":%s}".formatted(wanted)));
    }

    @Test
    void fieldsThatComeAndGoAreThose() throws IOException {
        sameRows(
                schema(
                        """
                        { "name": "gone", "type": { "type": "map", "values": { "type": "array", "items": "string" } } },
                        { "name": "id", "type": "int" }, { "name": "old", "type": "string" }, { "name": "late", "type": ["null", "bytes"] }"""),
                schema(
                        """
                        { "name": "none", "type": ["null", "string"], "default": null }, { "name": "renamed", "type": "string", "aliases": ["old"] },
                        { "name": "late", "type": ["null", "bytes"] }, { "name": "id", "type": "double" },
                        { "name": "text", "type": "string", "default": "zażółć" }, { "name": "list", "type": { "type": "array", "items": "long" }, "default": [1, 2] },
                        { "name": "part", "default": { "n": 5 }, "type": { "type": "record", "name": "Part", "fields": [ { "name": "n", "type": "int" } ] } }"""));
    }

    /** A branch of a union may be one that rows have no place for. */
    @Test
    void aValueThatDoesNotFitIsRefusedAsAvrosReaderDoes() throws IOException {
        Schema writer = schema("{\"name\":\"x\",\"type\":[\"int\",\"string\"]}");
        Schema reader = schema("{\"name\":\"x\",\"type\":\"int\"}");
        byte[] text = {2, 2, 'a'};

        assertThatThrownBy(() -> row(direct(writer, reader), text, reader))
                .isInstanceOf(AvroTypeException.class)
                .hasMessage("Found string, expecting int");
        assertThat(row(direct(writer, reader), new byte[] {0, 4}, reader)).isEqualTo("[2]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}",
                "[\"int\",\"string\"]",
                "[\"null\",\"int\",\"long\"]",
                "{\"type\":\"long\",\"logicalType\":\"time-micros\"}"
            })
    void otherTypesAreLeftToAvro(String type) {
        Schema schema = schema("{\"name\":\"x\",\"type\":%s}".formatted(type));

        assertThat(DirectAvro.of(schema, schema, new GenericData())).isEmpty();
    }

    private static void sameRows(Schema writer, Schema reader) throws IOException {
        ValueReader direct = direct(writer, reader);
        ValueReader objects = AvroReading.byWayOfObjects(writer, reader, new GenericData());
        GenericDatumWriter<Object> out = new GenericDatumWriter<>(writer);
        for (Object record : new RandomData(writer, RECORDS, 42L)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            out.write(record, encoder);
            encoder.flush();
            assertThat(row(direct, bytes.toByteArray(), reader)).isEqualTo(row(objects, bytes.toByteArray(), reader));
        }
    }

    private static ValueReader direct(Schema writer, Schema reader) {
        return DirectAvro.of(writer, reader, new GenericData()).orElseThrow();
    }

    /** Returns a row as a text; arrays of bytes are shown by their content. */
    private static String row(ValueReader reader, byte[] value, Schema schema) throws IOException {
        BoundedDecoder decoder = new BoundedDecoder();
        decoder.begin(value, 0);
        Object row = reader.read(decoder);
        assertThat(decoder.atEnd()).isTrue();
        return text(CatalystTypeConverters.convertToScala(row, AvroValue.type(schema)));
    }

    private static String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return java.util.HexFormat.of().formatHex(bytes);
        }
        if (value instanceof org.apache.spark.sql.Row row) {
            return scala.jdk.javaapi.CollectionConverters.asJava(row.toSeq()).stream()
                    .map(DirectAvroTest::text)
                    .toList()
                    .toString();
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            return scala.jdk.javaapi.CollectionConverters.asJava(map).entrySet().stream()
                    .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
                    .sorted()
                    .toList()
                    .toString();
        }
        if (value instanceof scala.collection.Iterable<?> items) {
            return scala.jdk.javaapi.CollectionConverters.asJavaCollection(items).stream()
                    .map(DirectAvroTest::text)
                    .toList()
                    .toString();
        }
        return String.valueOf(value);
    }

    private static Schema schema(String fields) {
        return new Schema.Parser().parse("{ \"type\": \"record\", \"name\": \"R\", \"fields\": [ " + fields + " ] }");
    }
}
