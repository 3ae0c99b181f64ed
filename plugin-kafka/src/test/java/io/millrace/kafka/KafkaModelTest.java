package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.RunMode;
import io.millrace.testkit.TestModel;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaModelTest {

    private static final String SERVERS = "bootstrap-servers = \"localhost:9092\"\n";

    @Test
    void saysWhatIsReadWithoutSecrets() {
        TestModel model = TestModel.of(
                SERVERS
                        + """
                topic = dev.orders
                decode { format = json, schema = "id BIGINT" }
                kafka { security.protocol = SASL_SSL, sasl.jaas.config = "user secret" }
                """);

        assertThat(model.source(new KafkaPlugin()).description())
                .isEqualTo(
                        "json records of topic dev.orders at localhost:9092 (sasl.jaas.config, security.protocol set)");
    }

    @Test
    void aPollTakesMoreRecordsThanKafkaWouldByItselfUnlessAnotherNumberIsSet() {
        assertThat(options("topic = orders, decode { format = binary }"))
                .containsEntry("kafka.max.poll.records", "20000");
        assertThat(options("topic = orders, decode { format = binary }, kafka { max.poll.records = 100 }"))
                .containsEntry("kafka.max.poll.records", "100");
    }

    private static Map<String, String> options(String model) {
        return ((KafkaSource) TestModel.of(SERVERS + model).source(new KafkaPlugin())).common();
    }

    @Test
    void saysWhatIsWritten() {
        assertThat(TestModel.of(SERVERS + "topic = orders, key = \"upper(customer)\"")
                        .sink(new KafkaPlugin(), RunMode.STREAM)
                        .description())
                .isEqualTo("topic orders at localhost:9092, key upper(customer)");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        TestModel model = TestModel.of(
                """
                bootstrap-servers = localhost
                topic = "my orders"
                topic-pattern = "orders("
                starting-offsets = begin
                ending-offsets = earliest
                max-offsets-per-trigger = 0
                key = "upper("
                headers { millrace-id = "'x'" }
                kafka { group.id = millrace, auto.offset.reset = latest }
                decode { format = json, schema = "id BIGNIT", schema-file = x }
                encode { format = xml }
                """);

        assertThatThrownBy(() -> model.source(new KafkaPlugin()))
                .hasMessage(
                        """
                        test.conf  needs exactly one of topic, topics, topic-pattern, assign
                        test.conf:1:1  bootstrap-servers: "localhost" is not host:port
                        test.conf:2:1  topic: "my orders" is not the name of a topic: letters, digits, '.', '_' and '-', at most 249
                        test.conf:3:1  topic-pattern: is not a regular expression: Unclosed group near index 7
                        orders(
                        test.conf:4:1  starting-offsets: must be earliest, latest, or { TOPIC { PARTITION = OFFSET } }, where an offset may be earliest or latest too
                        test.conf:5:1  ending-offsets: cannot be earliest: nothing would be read
                        test.conf:6:1  max-offsets-per-trigger: must be positive, not 0
                        test.conf:7:1  key: is not an expression of Spark SQL: Syntax error at or near end of input.
                            upper(
                                  ^
                        test.conf:8:1  headers: millrace-id is written by Millrace; choose another name
                        test.conf:9:1  kafka: the setting auto.offset.reset cannot be set: write starting-offsets
                        test.conf:10:47  decode.schema-file: is not for format json
                        test.conf:10:25  decode.schema: is not a list of columns: Unsupported data type "BIGNIT".
                            id BIGNIT
                               ^
                        test.conf:11:10  encode.format: unknown value "xml"; known: binary, confluent-avro, json, string\
                        """);
    }

    @Test
    void jsonNeedsOneThingThatTellsItsFields() {
        assertThatThrownBy(() -> TestModel.of(SERVERS + "topic = a, decode { format = json }")
                        .source(new KafkaPlugin()))
                .hasMessage(
                        "test.conf:2:12  decode.schema: is missing; write the fields as in CREATE TABLE: \"id BIGINT, name STRING\","
                                + " or one of json-schema, json-schema-file, sample, sample-file");
        TestModel model = TestModel.of(
                SERVERS
                        + """
                topic = a
                decode {
                  format = json
                  json-schema-file = no/such.json
                  sample = \"\"\"{"a": 1
                             "b": 2}\"\"\"
                }
                """);
        assertThatThrownBy(() -> model.source(new KafkaPlugin()))
                .hasMessage(
                        """
                        test.conf:3:1  decode: takes one of schema, json-schema, json-schema-file, sample, sample-file, not json-schema-file and sample
                        test.conf:5:3  decode.json-schema-file: cannot be read: no/such.json (NoSuchFileException)
                        test.conf:6:3  decode.sample: is not JSON: Unexpected character ('"' (code 34)): was expecting comma to separate Object entries, at line 2, column 14\
                        """);
    }

    @Test
    void whatAJsonSchemaSaysThatIsNoColumnIsSaidWithItsPlaceInside() {
        TestModel model = TestModel.of(
                SERVERS
                        + """
                topic = a
                decode { format = json, json-schema = \"\"\"
                  { "type": "object", "properties": { "price": { "type": ["string", "number"] }, "tags": { "type": "array" } } }
                \"\"\" }
                """);

        assertThatThrownBy(() -> model.source(new KafkaPlugin()))
                .hasMessage(
                        """
                        test.conf:3:25  decode.json-schema: at /properties/price: may be string or number; a column has one type: write one, or "type": "string" keeps any value as text
                        test.conf:3:25  decode.json-schema: at /properties/tags: does not say what its elements are; write "items"\
                        """);
        assertThatThrownBy(() -> TestModel.of(SERVERS
                                + "topic = a, decode { format = avro, schema = \"{\", sample = x, json-schema = y }")
                        .source(new KafkaPlugin()))
                .hasMessageContaining("decode.sample: is not for format avro")
                .hasMessageContaining("decode.json-schema: is not for format avro");
    }

    @Test
    void aSinkNeedsOneTopic() {
        assertThatThrownBy(() -> TestModel.of(SERVERS + "topics = [a, b]").sink(new KafkaPlugin(), RunMode.BATCH))
                .hasMessage("test.conf  topic: is needed to write: one topic, by its name");
    }

    @Test
    void avroNeedsTheSchemaOfARecord() {
        assertThatThrownBy(() -> TestModel.of(SERVERS + "topic = a, decode { format = avro }")
                        .source(new KafkaPlugin()))
                .hasMessage(
                        "test.conf:2:12  decode: needs either schema, an Avro schema as text, or schema-file, the path of one");
        assertThatThrownBy(() -> TestModel.of(SERVERS + "topic = a, decode { format = avro, schema = \"\\\"int\\\"\" }")
                        .source(new KafkaPlugin()))
                .hasMessage("test.conf:2:36  decode.schema: is the schema of int, not of a record");
        assertThatThrownBy(() -> TestModel.of(SERVERS + "topic = a, decode { format = avro, schema = \"{\" }")
                        .source(new KafkaPlugin()))
                .hasMessageStartingWith("test.conf:2:36  decode.schema: is not an Avro schema: ");
        assertThatThrownBy(() -> TestModel.of(
                                SERVERS + "topic = a, decode { format = avro, schema-file = \"no/such.avsc\" }")
                        .source(new KafkaPlugin()))
                .hasMessage("test.conf:2:36  decode.schema-file: cannot be read: no/such.avsc (NoSuchFileException)");
    }

    @Test
    void protobufIsRefusedByName() {
        assertThatThrownBy(() -> TestModel.of(SERVERS + "topic = a, decode { format = protobuf }")
                        .source(new KafkaPlugin()))
                .hasMessageStartingWith(
                        "test.conf:2:21  decode.format: protobuf is not supported; decode it with a strategy, from format = binary");
    }

    @Test
    void everythingThatIsWrongWithARegistryIsSaidAtOnce() {
        TestModel model = TestModel.of(
                SERVERS
                        + """
                topics = [a, b]
                decode { format = confluent-avro, version = 0, schema = "{", schema-file = "/none.avsc"
                  registry { url = "ftp://registry", bearer-token = hush, basic-auth { user = me }, retries = -1
                    tls { truststore = "/none.jks" } }
                }
                """);

        assertThatThrownBy(() -> model.source(new KafkaPlugin()))
                .hasMessageStartingWith(
                        """
                        test.conf:3:35  decode.version: must be a whole number from 1 to 2147483647, not 0
                        test.conf:3:48  decode.schema: is not an Avro schema:""")
                .hasMessageEndingWith(
                        """
                        test.conf:3:1  decode: takes one of version, schema, schema-file; without one, the newest schema of the subject
                        test.conf:4:14  decode.registry.url: must be http://host:port or https://host:port, with a path where the registry has one
                        test.conf:4:59  decode.registry.basic-auth.password: is missing
                        test.conf:4:38  decode.registry.bearer-token: cannot be set together with basic-auth
                        test.conf:4:85  decode.registry.retries: must be a whole number from 0 to 2147483647, not -1
                        test.conf:5:11  decode.registry.tls.truststore: cannot be read: /none.jks""");
    }

    @Test
    void aRegistrySaysWhatIsMissing() {
        assertThatThrownBy(() -> TestModel.of(SERVERS + "topics = [a, b], decode { format = confluent-avro }")
                        .source(new KafkaPlugin()))
                .hasMessage(
                        """
                        test.conf:2:18  decode.registry: is missing; write { url = "http://host:8081" }
                        test.conf:2:18  decode.subject: is missing: with several topics, say whose schema the rows have""");
        assertThatThrownBy(() -> TestModel.of(
                                SERVERS
                                        + "topic = a, decode { format = json, schema = \"a INT\", subject = b, registry { url = \"http://me:hush@h\" } }")
                        .source(new KafkaPlugin()))
                .hasMessageContaining("decode.subject: is not for format json")
                .hasMessageContaining("decode.registry: is not for format json")
                .hasMessageContaining(
                        "decode.registry.url: must not hold a user or a password; write basic-auth { user = …, password = … }")
                .hasMessageNotContaining("hush");
    }

    @Test
    void saysWhichRegisteredSchemaIsReadWithoutSecrets() {
        assertThat(TestModel.of(
                                SERVERS
                                        + "topic = a, decode { format = confluent-avro, registry { url = \"http://h:8081/\", bearer-token = hush } }")
                        .source(new KafkaPlugin())
                        .description())
                .isEqualTo("registered avro (subject a-value at http://h:8081) records of topic a at localhost:9092");
    }
}
