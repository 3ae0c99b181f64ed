package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.KafkaCluster;
import io.millrace.broker.RegistryServer;
import io.millrace.config.MillraceException;
import io.millrace.kafka.FaultyRegistry.Fault;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.ReadContext;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.spi.Slice;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceRegistry;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.NoDeadLetters;
import io.millrace.testkit.RegisteredAvro;
import io.millrace.testkit.TestModel;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Records that name their schema, with a real registry. */
@ExtendWith({MillraceSession.class, MillraceKafka.class, MillraceRegistry.class})
@ResourceLock(value = MillraceRegistry.IDS, mode = ResourceAccessMode.READ)
@Tag("processes")
class RegisteredAvroIT {

    static final String ORDER =
            """
            { "type": "record", "name": "Order", "namespace": "shop", "fields": [
              { "name": "id", "type": "long" }, { "name": "text", "type": ["null", "string"], "default": null } ] }""";

    static final String ORDER_WITH_PRICE =
            """
            { "type": "record", "name": "Order", "namespace": "shop", "fields": [
              { "name": "id", "type": "long" }, { "name": "text", "type": ["null", "string"], "default": null },
              { "name": "price", "type": ["null", "double"], "default": null } ] }""";

    private static final String PAYMENT =
            """
            { "type": "record", "name": "Payment", "namespace": "shop", "fields": [ { "name": "amount", "type": "double" } ] }""";

    private final SparkSession spark;
    private final KafkaCluster broker;
    private final RegistryServer registry;
    private final String topic = MillraceKafka.topic("orders");

    RegisteredAvroIT(SparkSession spark, KafkaCluster broker, RegistryServer registry) {
        this.spark = spark;
        this.broker = broker;
        this.registry = registry;
        broker.createTopic(topic, 1);
    }

    @Test
    void everyKindOfMessageIsDecodedOrRejected() {
        RegisteredAvro order = registered(ORDER);
        RegisteredAvro payment = RegisteredAvro.in(registry, topic + "-payments", PAYMENT);
        RegisteredAvro text = RegisteredAvro.in(registry, topic + "-texts", "\"string\"");
        byte[] good = order.value(Map.of("id", 1L, "text", "zażółć gęślą jaźń"));
        byte[] wrongMagic = good.clone();
        wrongMagic[0] = '{';
        byte[] huge = Arrays.copyOf(RegisteredAvro.header(order.id()), 12);
        Arrays.fill(huge, 7, 11, (byte) 0xFF); // a text of some gigabytes
        huge[5] = 2;
        huge[6] = 2;
        huge[11] = 0x0F;
        send(
                good,
                Arrays.copyOfRange(good, 5, good.length),
                wrongMagic,
                RegisteredAvro.withId(good, 999_999),
                Arrays.copyOf(good, good.length - 1),
                Arrays.copyOf(good, good.length + 1),
                new byte[0],
                null,
                RegisteredAvro.header(order.id()),
                payment.value(Map.of("amount", 2.5)),
                Arrays.copyOf(good, 3),
                huge,
                RegisteredAvro.withId(good, text.id()),
                order.value(Map.of("id", 2L, "text", "x".repeat(1_000_000 - 100))));

        Dataset<Row> decoded = decoded("");

        assertThat(decoded.schema().toDDL()).startsWith("id BIGINT,text STRING,_source STRUCT");
        assertThat(decoded.filter("_rejected IS NULL")
                        .orderBy("_source.offset")
                        .selectExpr("id", "left(text, 17)", "_source.schema_id")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[1,zażółć gęślą jaźń," + order.id() + "]", "[2,xxxxxxxxxxxxxxxxx," + order.id() + "]");
        assertThat(rejected(decoded))
                .containsExactly(
                        "1 decode WRONG_MAGIC_BYTE the value begins with 0x02, not with the zero byte of a registered schema, null",
                        "2 decode WRONG_MAGIC_BYTE the value begins with 0x7B, not with the zero byte of a registered schema, null",
                        "3 decode UNKNOWN_SCHEMA_ID the registry has no schema with id 999999, 999999",
                        "4 decode MALFORMED_AVRO the value is not a record of shop.Order: a text or a block announces more bytes than the value has, "
                                + order.id(),
                        "5 decode TRAILING_BYTES the value is not a record of shop.Order: there is more after the record, "
                                + order.id(),
                        "6 decode EMPTY_VALUE the value is empty, null",
                        "7 decode NULL_VALUE the record has no value; decode { null-value = keep } makes it a row of nulls, null",
                        "8 decode MALFORMED_AVRO the value is not a record of shop.Order: it ends too early, "
                                + order.id(),
                        "9 schema INCOMPATIBLE_SCHEMA records of schema " + payment.id()
                                + ", shop.Payment, cannot be read as shop.Order: name mismatch at /name (expected: shop.Payment);"
                                + " reader field missing default value at /fields/0 (id), " + payment.id(),
                        "10 decode TRUNCATED_HEADER the value has 3 bytes, too few for the id of a schema, null",
                        "11 decode MALFORMED_AVRO the value is not a record of shop.Order: a text or a block announces more bytes than the value has, "
                                + order.id(),
                        "12 schema INCOMPATIBLE_SCHEMA records of schema " + text.id()
                                + ", string, cannot be read as shop.Order: type mismatch at / (reader type: RECORD not compatible with writer type: STRING), "
                                + text.id());
    }

    @Test
    void eachRecordIsReadWithTheSchemaItWasWrittenWith() {
        RegisteredAvro first = registered(ORDER);
        RegisteredAvro second = registered(ORDER_WITH_PRICE);
        send(
                first.value(Map.of("id", 1L)),
                second.value(Map.of("id", 2L, "price", 9.5)),
                first.value(Map.of("id", 3L)));

        assertThat(Decoded.good(decoded(""))).containsExactly("[1,null,null]", "[2,null,9.5]", "[3,null,null]");
        assertThat(Decoded.good(decoded("version = 1"))).containsExactly("[1,null]", "[2,null]", "[3,null]");
        assertThat(
                        Decoded.good(
                                decoded(
                                        "schema = \"\"\"{\"type\": \"record\", \"name\": \"Order\", \"fields\": [{\"name\": \"id\", \"type\": \"double\"}]}\"\"\"")))
                .containsExactly("[1.0]", "[2.0]", "[3.0]");
    }

    @Test
    void everyTypeBecomesAColumn() {
        RegisteredAvro all = registered(
                """
                { "type": "record", "name": "All", "fields": [
                  { "name": "either", "type": ["string", "long"] },
                  { "name": "size", "type": { "type": "enum", "name": "Size", "symbols": ["S", "L"] } },
                  { "name": "code", "type": { "type": "fixed", "name": "Code", "size": 2 } },
                  { "name": "price", "type": { "type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2 } },
                  { "name": "at", "type": { "type": "long", "logicalType": "timestamp-micros" } },
                  { "name": "counts", "type": { "type": "map", "values": "int" } },
                  { "name": "matrix", "type": { "type": "array", "items": { "type": "array", "items": "int" } } } ] }""");
        send(all.value(Map.of(
                "either",
                7L,
                "size",
                new GenericData.EnumSymbol(all.schema().getField("size").schema(), "L"),
                "code",
                new GenericData.Fixed(all.schema().getField("code").schema(), new byte[] {1, 2}),
                "price",
                ByteBuffer.wrap(new BigDecimal("12.34").unscaledValue().toByteArray()),
                "at",
                1_700_000_000_123_456L,
                "counts",
                Map.of("a", 1),
                "matrix",
                List.of(List.of(1, 2), List.of()))));

        assertThat(decoded("")
                        .selectExpr(
                                "either.member1",
                                "size",
                                "hex(code)",
                                "price",
                                "CAST(at AS STRING)",
                                "counts",
                                "matrix")
                        .head()
                        .mkString("|"))
                .isEqualTo(
                        "7|L|0102|12.34|2023-11-14 22:13:20.123456|Map(a -> 1)|ArraySeq(ArraySeq(1, 2), ArraySeq())");
    }

    @Test
    void aSchemaThatCannotBecomeColumnsIsRefused() {
        RegisteredAvro tree = registered(
                """
                { "type": "record", "name": "Tree", "fields": [
                  { "name": "left", "type": ["null", "Tree"] }, { "name": "id", "type": "long" } ] }""");

        fails(
                "",
                MillraceException.Kind.USER,
                "schema " + tree.id() + " of subject " + topic + "-value cannot become columns: ");

        int text = RegisteredAvro.in(registry, topic + "-text", "\"string\"").id();
        fails(
                "subject = " + topic + "-text",
                MillraceException.Kind.USER,
                "schema " + text + " of subject " + topic + "-text is the schema of string, not of a record");
    }

    @Test
    void aSubjectOrAVersionThatIsNotThereIsSaid() {
        registered(ORDER);

        fails(
                "subject = " + topic + "-valeu",
                MillraceException.Kind.USER,
                "no schema is registered under subject " + topic + "-valeu at " + registry.url() + "; did you mean \""
                        + topic + "-value\"? (there are: ");
        fails(
                "version = 7",
                MillraceException.Kind.USER,
                "subject " + topic + "-value at " + registry.url() + " has no version 7; it has 1");
    }

    @Test
    void aRegistryThatIsBackInTimeIsForgivenAndOthersFailTheRun() {
        RegisteredAvro order = registered(ORDER);
        send(order.value(Map.of("id", 1L)));
        try (FaultyRegistry faulty = new FaultyRegistry(registry)) {
            faulty.faults(new Fault(500, 0), new Fault(503, 0), new Fault(200, 300));
            assertThat(Decoded.good(decoded(faulty, ""))).containsExactly("[1,null]");

            faulty.faults(new Fault(500, 0), new Fault(500, 0), new Fault(500, 0));
            String latest = faulty.url() + "/subjects/" + topic + "-value/versions/latest";
            failsAt(faulty, "", "GET " + latest + ": status 500: out of order (tried 3 times)");

            faulty.faults(new Fault(200, 1_000), new Fault(200, 1_000), new Fault(200, 1_000));
            failsAt(faulty, "request-timeout = 200ms", "GET " + latest + ": no answer within 200 ms (tried 3 times)");

            faulty.faults(new Fault(401, 0));
            failsAt(
                    faulty,
                    "",
                    "the schema registry at " + faulty.url()
                            + " refuses the request (status 401): set basic-auth or bearer-token");
            faulty.faults(new Fault(403, 0));
            failsAt(
                    faulty,
                    "basic-auth { user = me, password = hush }",
                    "the schema registry at " + faulty.url()
                            + " refuses the request (status 403): look at basic-auth or bearer-token");
            assertThat(faulty.requests()).last().asString().endsWith(" Basic bWU6aHVzaA==");
            faulty.faults(new Fault(404, 0));
            failsAt(faulty, "", "GET " + latest + ": status 404: this is no schema registry; look at url");
        }
    }

    @Test
    void aRegistryThatIsNotThereFailsTheRun() {
        FaultyRegistry gone = new FaultyRegistry(registry);
        gone.close();

        failsAt(
                gone,
                "",
                "GET " + gone.url() + "/subjects/" + topic
                        + "-value/versions/latest: no connection: ConnectException (tried 3 times)");
    }

    @Test
    void rowsAreWrittenWithTheirSchemaAndItIsRegistered() {
        String encode = "encode { format = confluent-avro, record = shop.Total, registry { url = \"" + registry.url()
                + "\" } }";
        write(encode, "SELECT 1L AS id, 'zażółć' AS name, CAST(2.50 AS DECIMAL(10,2)) AS price, array(1, 2) AS parts");
        write(
                encode,
                "SELECT 2L AS id, CAST(NULL AS STRING) AS name, CAST(NULL AS DECIMAL(10,2)) AS price, array(3) AS parts, 'x' AS note");

        assertThat(Decoded.good(decoded("")))
                .containsExactly("[1,zażółć,2.50,ArraySeq(1, 2),null]", "[2,null,null,ArraySeq(3),x]");
        assertThat(Decoded.good(decoded("version = 1"))).hasSize(2);
        CommitOutcome refused = outcome(encode, "SELECT 'three' AS id");
        assertThat(refused).isInstanceOf(CommitOutcome.Rejected.class);
        assertThat(((CommitOutcome.Rejected) refused).reason())
                .satisfies(reason -> assertThat(reason.kind()).isEqualTo(MillraceException.Kind.USER))
                .hasMessageContaining("the registry at " + registry.url()
                        + " does not take the schema of the rows for subject " + topic + "-value: ");
        assertThat(broker.read(topic)).hasSize(2);
    }

    @Test
    void whatIsWrongWithAnEncodingIsSaidAtOnce() {
        assertThatThrownBy(() -> sink("encode { format = json, subject = a, record = \"1x\" }"))
                .hasMessage(
                        """
                        test.conf:3:38  encode.record: "1x" is not the name of an Avro record, such as shop.Order
                        test.conf:3:25  encode.subject: belongs to format confluent-avro
                        test.conf:3:38  encode.record: belongs to format confluent-avro""");
        assertThatThrownBy(() -> sink("encode { format = confluent-avro }"))
                .hasMessage("test.conf:3:1  encode.registry: is missing; write { url = \"http://host:8081\" }");
    }

    private void write(String encode, String query) {
        assertThat(outcome(encode, query)).isInstanceOf(CommitOutcome.Committed.class);
    }

    private CommitOutcome outcome(String encode, String query) {
        return sink(encode)
                .write(new Batch(
                        new BatchId(TestModel.OUTPUT, "run", 0), spark.sql(query), RunMode.BATCH, new NoDeadLetters()));
    }

    private Sink sink(String encode) {
        return TestModel.of(
                        "bootstrap-servers = \"" + broker.bootstrapServers() + "\"\ntopic = " + topic + "\n" + encode)
                .sink(new KafkaPlugin(), RunMode.BATCH);
    }

    private RegisteredAvro registered(String schema) {
        return RegisteredAvro.in(registry, topic + "-value", schema);
    }

    private void send(byte[] @Nullable ... values) {
        broker.send(Stream.of(values)
                .map(value -> new ProducerRecord<byte[], byte[]>(topic, value))
                .toList());
    }

    private Dataset<Row> decoded(String settings) {
        return decoded("{ url = \"" + registry.url() + "\" }", settings);
    }

    private Dataset<Row> decoded(FaultyRegistry faulty, String registrySettings) {
        return decoded(
                "{ url = \"" + faulty.url() + "\", retries = 2, retry-pause = 1ms\n" + registrySettings + " }", "");
    }

    private Dataset<Row> decoded(String address, String settings) {
        DecodingSource source = (DecodingSource) TestModel.of(
                        """
                bootstrap-servers = "%s", topic = %s
                decode { format = confluent-avro, registry = %s
                %s }
                """
                                .formatted(broker.bootstrapServers(), topic, address, settings))
                .source(new KafkaPlugin());
        return source.decode(source.read(new ReadContext(spark, Slice.ALL)));
    }

    private void fails(String settings, MillraceException.Kind kind, String message) {
        assertThatThrownBy(() -> decoded(settings).collectAsList())
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(kind))
                .hasMessageStartingWith(message);
    }

    private void failsAt(FaultyRegistry faulty, String registrySettings, String message) {
        assertThatThrownBy(() -> decoded(faulty, registrySettings))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessage(message);
    }

    private static List<String> rejected(Dataset<Row> decoded) {
        return decoded
                .filter("_rejected IS NOT NULL")
                .orderBy("_source.offset")
                .selectExpr("_source.offset", "_rejected.*", "_source.schema_id")
                .collectAsList()
                .stream()
                .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2) + " " + row.get(3) + ", " + row.get(4))
                .toList();
    }
}
