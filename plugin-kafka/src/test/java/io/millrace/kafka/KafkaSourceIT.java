package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.KafkaBroker;
import io.millrace.broker.KafkaCluster;
import io.millrace.config.MillraceException;
import io.millrace.kafka.internal.encode.Encoding;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.TestModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({MillraceSession.class, MillraceKafka.class})
class KafkaSourceIT {

    private static final String AVRO =
            """
            {"type": "record", "name": "Order", "namespace": "shop", "fields": [
              {"name": "id", "type": "long"}, {"name": "name", "type": ["null", "string"]}]}""";

    private final SparkSession spark;
    private final KafkaCluster broker;
    private final String topic = MillraceKafka.topic("orders");

    KafkaSourceIT(SparkSession spark, KafkaCluster broker) {
        this.spark = spark;
        this.broker = broker;
    }

    /** In a container where an image is named, in this JVM where none is. */
    @Test
    void theBrokerRunsWhereTheBuildSays() {
        assertThat(broker instanceof KafkaBroker).isEqualTo(System.getProperty("kafka.image") == null);
    }

    @Test
    void everyJsonRecordIsDecodedOrRejected() {
        broker.createTopic(topic, 1);
        String deep = "{\"id\": 7, \"deep\": " + "[".repeat(100) + "]".repeat(100) + "}";
        send(
                "{\"id\": 1, \"name\": \"zażółć\"}",
                "{\"id\": 2",
                "{\"id\": \"two\"}",
                "{\"name\": \"no id\"}",
                "{\"id\": 3} {\"id\": 4}",
                "[1]",
                "",
                null,
                "{\"id\": 5, \"id\": 6}",
                deep);

        Dataset<Row> decoded = decoded("decode { format = json, schema = \"id BIGINT NOT NULL, name STRING\" }");

        assertThat(Decoded.good(decoded)).containsExactly("[1,zażółć]", "[6,null]", "[7,null]");
        assertThat(bad(decoded))
                .containsExactly(
                        "[1,decode,MALFORMED_JSON,the value is not JSON: Unexpected end-of-input: expected close marker for Object, at column 9]",
                        "[2,decode,MALFORMED_JSON,id is no BIGINT]",
                        "[3,decode,MALFORMED_JSON,id is missing]",
                        "[4,decode,MALFORMED_JSON,there is more after the JSON object, from column 10]",
                        "[5,decode,MALFORMED_JSON,the value is not a JSON object]",
                        "[6,decode,MALFORMED_JSON,the value is not a JSON object]",
                        "[7,decode,NULL_VALUE,the record has no value; decode { null-value = keep } makes it a row of nulls]");
    }

    @Test
    void textsOfJsonAreKeptAndNumbersThatAreNoTimesRefused() {
        broker.createTopic(topic, 1);
        send(
                "{\"v\": 12.50}",
                "{\"v\": {\"a\": 1.10}}",
                "{\"v\": [1e3, 0.10000000000000000001]}",
                "{\"at\": 1714557600}",
                "{\"at\": 1714557600000}");

        Dataset<Row> decoded = decoded("decode { format = json, schema = \"v STRING, at TIMESTAMP\" }");

        assertThat(Decoded.good(decoded))
                .containsExactly(
                        "[12.50,null]",
                        "[{\"a\": 1.10},null]",
                        "[[1e3, 0.10000000000000000001],null]",
                        "[null,2024-05-01 10:00:00.0]");
        assertThat(bad(decoded))
                .containsExactly(
                        "[4,decode,MALFORMED_JSON,at is 1714557600000: a number for a TIMESTAMP counts seconds, and"
                                + " these are not in the years 1 to 9999; declare it BIGINT, and use timestamp_millis or"
                                + " timestamp_micros]");
    }

    @Test
    void aJsonSchemaOrASampleTellsTheFields() {
        broker.createTopic(topic, 1);
        send("{\"id\": 1, \"to\": {\"city\": \"zażółć\"}}", "{\"id\": 2, \"to\": {}}", "{\"to\": null}");

        Dataset<Row> described = decoded(
                """
                decode { format = json, json-schema = \"\"\"{ "type": "object", "required": ["id"], "properties": {
                  "id": { "type": "integer" },
                  "to": { "type": ["object", "null"], "required": ["city"], "properties": { "city": { "type": "string" } } } } }\"\"\" }
                """);
        Dataset<Row> sampled =
                decoded("decode { format = json, sample = \"\"\"{ \"id\": 1, \"to\": { \"city\": \"\" } }\"\"\" }");

        assertThat(Decoded.good(described)).containsExactly("[1,[zażółć]]");
        assertThat(bad(described))
                .containsExactly(
                        "[1,decode,MALFORMED_JSON,to.city is missing]", "[2,decode,MALFORMED_JSON,id is missing]");
        assertThat(Decoded.good(sampled)).containsExactly("[1,[zażółć]]", "[2,[null]]", "[null,null]");
    }

    @Test
    void everyAvroRecordIsDecodedOrRejected() throws IOException {
        broker.createTopic(topic, 1);
        byte[] good = avro(1, "zażółć");
        byte[] nothing = avro(2, null);
        broker.send(List.of(
                record(good),
                record(nothing),
                record(new byte[0]),
                record(java.util.Arrays.copyOf(good, good.length - 1)),
                record(java.util.Arrays.copyOf(good, good.length + 1)),
                record(new byte[] {2, 9}),
                record(null)));

        Dataset<Row> decoded = decoded("decode { format = avro, schema = \"\"\"" + AVRO + "\"\"\" }");

        assertThat(Decoded.good(decoded)).containsExactly("[1,zażółć]", "[2,null]");
        assertThat(decoded.filter("_rejected IS NOT NULL")
                        .selectExpr("_source.offset", "_rejected.reason_code")
                        .orderBy("offset")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[2,MALFORMED_AVRO]",
                        "[3,MALFORMED_AVRO]",
                        "[4,TRAILING_BYTES]",
                        "[5,MALFORMED_AVRO]",
                        "[6,NULL_VALUE]");
        assertThat(bad(decoded))
                .contains(
                        "[4,decode,TRAILING_BYTES,the value is not a record of shop.Order: there is more after the record]");
    }

    @Test
    void textsAndBytesComeAsTheyAre() {
        broker.createTopic(topic, 1);
        broker.send(List.of(
                new ProducerRecord<>(
                        topic,
                        0,
                        1700000000000L,
                        bytes("k"),
                        bytes("zażółć"),
                        List.of(new RecordHeader("h", bytes("1")))),
                record(null),
                record(new byte[] {(byte) 0xff})));

        Dataset<Row> texts = decoded("decode { format = string }");
        assertThat(Decoded.good(texts)).containsExactly("[k,zażółć]", "[null,null]");
        assertThat(bad(texts)).containsExactly("[2,decode,MALFORMED_TEXT,the key or the value is not valid UTF-8]");
        assertThat(texts.filter("_source.offset = 0")
                        .selectExpr(
                                "_source.topic",
                                "_source.partition",
                                "_source.timestamp",
                                "CAST(_source.key AS STRING)",
                                "_source.headers[0].key",
                                "CAST(_source.headers[0].value AS STRING)")
                        .head()
                        .toString())
                .isEqualTo("[" + topic + ",0,2023-11-14 22:13:20.0,k,h,1]");
        assertThat(decoded("").selectExpr("hex(value)").collectAsList())
                .extracting(row -> String.valueOf(row.get(0)))
                .containsExactlyInAnyOrder("7A61C5BCC3B3C582C487", "null", "FF");
    }

    @Test
    void aRecordWithoutValueMayBecomeARowOfNulls() {
        broker.createTopic(topic, 1);
        send("{\"id\": 1}", null);

        Dataset<Row> decoded = decoded("decode { format = json, schema = \"id BIGINT\", null-value = keep }");

        assertThat(Decoded.good(decoded)).containsExactly("[1]", "[null]");
    }

    @Test
    void aRecordOfAMegabyteIsRead() {
        broker.createTopic(topic, 1, Map.of("max.message.bytes", "3000000"));
        send("{\"id\": 1, \"name\": \"" + "x".repeat(1_000_000) + "\"}");

        assertThat(decoded("decode { format = json, schema = \"id BIGINT, name STRING\" }")
                        .selectExpr("length(name)")
                        .head()
                        .getInt(0))
                .isEqualTo(1_000_000);
    }

    @Test
    void anEmptyTopicHasNoRows() {
        broker.createTopic(topic, 2);

        assertThat(decoded("decode { format = string }").collectAsList()).isEmpty();
    }

    @Test
    void offsetsAndSlicesChoose() {
        broker.createTopic(topic, 2);
        broker.send(IntStream.range(0, 20)
                .mapToObj(i -> new ProducerRecord<byte[], byte[]>(topic, i % 2, null, bytes("" + i)))
                .toList());

        assertThat(values("starting-offsets { " + topic + " { 0 = 8, 1 = 9 } }", Slice.ALL))
                .containsExactly("16", "18", "19");
        assertThat(values("ending-offsets { " + topic + " { 0 = 2, 1 = 1 } }", Slice.ALL))
                .containsExactly("0", "1", "2");
        assertThat(values(
                        "starting-offsets { " + topic + " { 1 = 8 } }, ending-offsets { " + topic + " { 0 = 1 } }",
                        Slice.ALL))
                .containsExactly("0", "17", "19");
        assertThat(values("", new Slice(null, List.of(1), null)))
                .containsExactly("1", "11", "13", "15", "17", "19", "3", "5", "7", "9");
        assertThatThrownBy(() -> values("", new Slice(null, List.of(0, 7), null)))
                .hasMessage("topic " + topic + " has no partition 7; it has 0 to 1");
        assertThatThrownBy(() -> values("starting-offsets = latest", Slice.ALL))
                .hasMessage(
                        "topic " + topic + ": a batch run cannot start at the latest offsets, nothing would be read;"
                                + " write starting-offsets = earliest, or offsets");
    }

    @Test
    void patternsAndAssignedPartitionsChoose() {
        broker.createTopic(topic, 2);
        broker.createTopic(topic + "-more", 1);
        broker.send(List.of(
                new ProducerRecord<>(topic, 0, null, bytes("a")),
                new ProducerRecord<>(topic, 1, null, bytes("b")),
                new ProducerRecord<>(topic + "-more", 0, null, bytes("c"))));

        assertThat(valuesOf("topic-pattern = \"" + topic + ".*\"")).containsExactly("a", "b", "c");
        assertThat(valuesOf("topics = [" + topic + ", " + topic + "-more]")).containsExactly("a", "b", "c");
        assertThat(valuesOf("assign { " + topic + " = [1] }")).containsExactly("b");
        assertThatThrownBy(() -> valuesOf("assign { " + topic + " = [1, 4] }"))
                .hasMessage("topic " + topic + " has no partition 4; it has 0 to 1");
        assertThatThrownBy(() -> valuesOf("topic-pattern = \"none-of-them\""))
                .hasMessageStartingWith("no topic matches none-of-them; there are: ");
    }

    @Test
    void aTopicThatIsMissingIsNamed() {
        broker.createTopic(topic, 1);

        assertThatThrownBy(() -> valuesOf("topic = " + topic + "x"))
                .isInstanceOfSatisfying(MillraceException.class, missing -> assertThat(missing.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessageStartingWith("topic " + topic + "x not found at " + broker.bootstrapServers()
                        + "; did you mean \"" + topic
                        + "\"? If not, look at the name, create it first, or get the right to see it"
                        + " (there are: ");
    }

    @Test
    void recordsThatWereSentTwiceAreReadOnceWhereThatIsWanted() {
        broker.createTopic(topic, 1);
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(
                topic, 0, null, null, bytes("x"), List.of(new RecordHeader(Encoding.ID, bytes("id-1"))));
        broker.send(List.of(sent, sent, record(bytes("x")), record(bytes("x"))));

        assertThat(values("drop-repeats = true", Slice.ALL)).containsExactly("x", "x", "x");
        assertThat(values("", Slice.ALL)).hasSize(4);
    }

    private Dataset<Row> decoded(String settings) {
        return read("topic = " + topic + "\n" + settings, Slice.ALL);
    }

    private List<String> values(String settings, Slice slice) {
        return values(read("topic = " + topic + ", decode { format = string }\n" + settings, slice));
    }

    private List<String> valuesOf(String settings) {
        return values(read("decode { format = string }\n" + settings, Slice.ALL));
    }

    private static List<String> values(Dataset<Row> rows) {
        return rows.select("value").collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private Dataset<Row> read(String settings, Slice slice) {
        DecodingSource source =
                (DecodingSource) TestModel.of("bootstrap-servers = \"" + broker.bootstrapServers() + "\"\n" + settings)
                        .source(new KafkaPlugin());
        return source.decode(source.read(new ReadContext(spark, slice)));
    }

    private static List<String> bad(Dataset<Row> decoded) {
        return decoded
                .filter("_rejected IS NOT NULL")
                .orderBy("_source.offset")
                .selectExpr("_source.offset", "_rejected.*")
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
    }

    private void send(@Nullable String... values) {
        List<ProducerRecord<byte[], byte[]>> records = new java.util.ArrayList<>();
        for (String value : values) {
            records.add(record(value == null ? null : bytes(value)));
        }
        broker.send(records);
    }

    private ProducerRecord<byte[], byte[]> record(byte @Nullable [] value) {
        return new ProducerRecord<>(topic, value);
    }

    private static byte[] avro(long id, @Nullable String name) throws IOException {
        Schema schema = new Schema.Parser().parse(AVRO);
        GenericRecord record = new GenericData.Record(schema);
        record.put("id", id);
        record.put("name", name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
