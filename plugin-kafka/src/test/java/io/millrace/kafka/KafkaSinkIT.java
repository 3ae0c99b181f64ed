package io.millrace.kafka;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.KafkaCluster;
import io.millrace.config.MillraceException;
import io.millrace.kafka.internal.encode.Encoding;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.DeadLetters;
import io.millrace.spi.Delivery;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import io.millrace.testkit.TestModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MillraceKafka.class)
class KafkaSinkIT extends SinkContract {

    private final KafkaCluster broker;

    KafkaSinkIT(KafkaCluster broker) {
        this.broker = broker;
    }

    @Override
    protected SinkTarget target(StructType columns) {
        return topic(columns, Map.of());
    }

    @Override
    protected Delivery delivery() {
        return Delivery.AT_LEAST_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "";
    }

    @Test
    void recordsHaveKeysAndHeadersAndAnIdThatStaysWhenTheyAreSentAgain() {
        Topic topic = topic(COLUMNS, Map.of());
        Sink sink = topic.sink("key = \"id % 2\", headers { shop = \"upper(name)\" }");

        write(sink, batch(0), rows(0, 3).select("id", "name"));
        write(sink, batch(0), rows(0, 3).select("id", "name"));
        write(sink, batch(1), rows(0, 3).select("id", "name"));

        List<ConsumerRecord<byte[], byte[]>> records = broker.read(topic.name());
        assertThat(records)
                .extracting(record -> text(record.key()) + " " + text(record.value()) + " " + header(record, "shop"))
                .contains(
                        "0 {\"id\":0,\"name\":\"zażółć 0\"} ZAŻÓŁĆ 0",
                        "1 {\"id\":1,\"name\":\"zażółć 1\"} ZAŻÓŁĆ 1",
                        "0 {\"id\":2,\"name\":null} null");
        assertThat(records.stream().map(record -> header(record, Encoding.ID)).distinct())
                .as("ids of two batches of three records, one of them sent twice")
                .hasSize(6);
    }

    @Test
    void textsAndBytesAreWrittenAsTheyAre() {
        Topic topic = topic(COLUMNS, Map.of());

        write(topic.sink("encode { format = string }"), batch(0), session().sql("SELECT 'zażółć' AS value"));
        write(topic.sink("encode { format = binary }"), batch(1), session().sql("SELECT X'00FF' AS value"));
        write(
                topic.sink("encode { format = string }"),
                batch(2),
                session().sql("SELECT CAST(NULL AS STRING) AS value"));

        assertThat(broker.read(topic.name()))
                .extracting(ConsumerRecord::value)
                .containsExactly("zażółć".getBytes(StandardCharsets.UTF_8), new byte[] {0, (byte) 0xff}, null);
        assertThat(rejected(topic.sink("encode { format = string }"), batch(3), rows(0, 1)))
                .hasMessageStartingWith(
                        "topic " + topic.name() + ": its records cannot be made: [UNRESOLVED_COLUMN.WITH_SUGGESTION]");
    }

    @Test
    void aRecordThatIsTooLargeFailsTheBatchOrGoesToTheDeadLetters() {
        Topic topic = topic(COLUMNS, Map.of());
        Sink sink = topic.sink("kafka { max.request.size = 5000 }");
        Dataset<Row> rows = session().sql("SELECT id, repeat('x', IF(id = 1, 6000, 10)) AS name FROM range(3)");

        MillraceException reason = refused(sink, batch(0), rows);
        assertThat(reason.kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(reason)
                .hasMessage("topic " + topic.name()
                        + ": a record of 6018 bytes is too large: with its headers it must stay below"
                        + " kafka { max.request.size } = 5000, which may be raised as far as the topic's"
                        + " max.message.bytes; add dead-letters = MODEL to the ETL to keep such rows aside; some of the"
                        + " batch may be in the topic, and will be there twice when it is written again");

        Letters letters = new Letters();
        CommitOutcome outcome = sink.write(new Batch(batch(1), rows, RunMode.BATCH, letters));
        assertThat(outcome)
                .isInstanceOfSatisfying(CommitOutcome.Committed.class, committed -> assertThat(committed.counts())
                        .isEqualTo(new Counts(2, 0, 1, 0, 0)));
        assertThat(letters.rows)
                .extracting(Row::toString)
                .containsExactly(
                        "[1,sink,RECORD_TOO_LARGE,a record of 6018 bytes is too large: with its headers it must stay below"
                                + " kafka { max.request.size } = 5000, which may be raised as far as the topic's"
                                + " max.message.bytes]");
    }

    @Test
    void aRecordTheBrokerRefusesFailsTheBatch() {
        Topic topic = topic(COLUMNS, Map.of("max.message.bytes", "2000"));

        MillraceException reason =
                refused(topic.sink(""), batch(0), session().sql("SELECT 1L AS id, repeat('x', 6000) AS name"));

        assertThat(reason.kind()).isEqualTo(MillraceException.Kind.EXTERNAL);
        assertThat(reason)
                .hasMessageContaining("RecordTooLargeException")
                .hasMessageEndingWith(
                        "; some of the batch may be in the topic, and will be there twice when it is written again");
    }

    @Test
    void theBrokersAreAskedForTheTopicOnceInEachRun() {
        Topic topic = topic(COLUMNS, Map.of());
        List<String> asked = new ArrayList<>();
        Sink planned = new KafkaSink(((KafkaSink) topic.sink()).model(), topics -> asked.add(topics.words()));
        Sink sink = planned.ofRun();

        for (long number = 0; number < 3; number++) {
            write(sink, batch(number), rows(0, 1));
        }
        assertThat(asked).containsExactly("topic " + topic.name());

        write(planned.ofRun(), new BatchId(batch(0).output(), "another-run", 0), rows(0, 1));
        assertThat(asked).hasSize(2);
    }

    @Test
    void aTopicThatIsMissingIsNamed() {
        Sink sink = TestModel.of("bootstrap-servers = \"" + broker.bootstrapServers() + "\", topic = no-such-topic")
                .sink(new KafkaPlugin(), RunMode.STREAM);

        assertThat(rejected(sink, batch(0), rows(0, 1)))
                .hasMessageStartingWith("topic no-such-topic not found at " + broker.bootstrapServers());
    }

    @Test
    void rowsOfAnyColumnsAreSent() {
        Topic topic = topic(COLUMNS, Map.of());

        write(topic.sink(), batch(0), session().sql("SELECT NULL AS id, 'x' AS `Any Name`"));

        assertThat(broker.read(topic.name()))
                .extracting(record -> text(record.value()))
                .containsExactly("{\"id\":null,\"Any Name\":\"x\"}");
    }

    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        return Map.of(
                "when the brokers are asked for the topic",
                target -> new KafkaSink(((KafkaSink) target.sink()).model(), topics -> {
                    throw MillraceException.external("no broker answers", null);
                }));
    }

    @Override
    protected Optional<Mismatches> mismatches() {
        Topic topic = topic(COLUMNS, Map.of());
        return Optional.of(new Mismatches(
                topic.with("kafka { max.request.size = 5000 }"),
                rows(0, 3).withColumn("Name", expr("repeat('x', IF(id = 1, 6000, 10))")),
                List.of(0L, 2L),
                1));
    }

    private Topic topic(StructType columns, Map<String, String> settings) {
        String name = MillraceKafka.topic("target");
        broker.createTopic(name, 2, settings);
        return new Topic(session(), broker, name, columns, "");
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(KafkaSinkIT::text)
                .orElse("null");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static final class Letters implements DeadLetters {

        private final List<Row> rows = new ArrayList<>();

        @Override
        public boolean available() {
            return true;
        }

        @Override
        public long write(Dataset<Row> letters) {
            rows.addAll(letters.selectExpr("id", "_rejected.*").collectAsList());
            return rows.size();
        }
    }

    /** @param settings of the model */
    private record Topic(SparkSession session, KafkaCluster broker, String name, StructType columns, String settings)
            implements SinkTarget {

        Topic with(String others) {
            return new Topic(session, broker, name, columns, others);
        }

        @Override
        public Sink sink() {
            return sink(settings);
        }

        Sink sink(String others) {
            return TestModel.of("bootstrap-servers = \"" + broker.bootstrapServers() + "\", topic = " + name + "\n"
                            + others)
                    .sink(new KafkaPlugin(), RunMode.STREAM);
        }

        @Override
        public List<Row> rows() {
            List<String> values = broker.read(name).stream()
                    .map(record -> text(record.value()))
                    .toList();
            return session.createDataset(values, Encoders.STRING())
                    .select(from_json(col("value"), columns).as("row"))
                    .select("row.*")
                    .collectAsList();
        }
    }
}
