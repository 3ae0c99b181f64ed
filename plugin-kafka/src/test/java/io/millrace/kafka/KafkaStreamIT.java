package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.KafkaBroker;
import io.millrace.broker.KafkaCluster;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.EtlResult;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.spi.Slice;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Topics as streams: every offset once, whatever happens to the broker. */
@ExtendWith({MillraceSession.class, MillraceKafka.class})
class KafkaStreamIT {

    private final SparkSession spark;
    private final String topic = MillraceKafka.topic("orders");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    KafkaStreamIT(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void eachRunGoesOnWhereTheLastOneEndedAndPartitionsMayBeAdded(KafkaCluster broker) {
        broker.createTopic(topic, 1);
        send(broker, 0, 10);

        RunResult first = run(broker, "trigger = available-now", "max-offsets-per-trigger = 4");
        broker.addPartitions(topic, 3);
        send(broker, 10, 40);
        RunResult second = run(broker, "trigger = available-now", "");
        RunResult third = run(broker, "trigger = available-now", "");

        assertThat(only(first).batches()).isEqualTo(3);
        assertThat(only(first).outputs().get(0).counts().committed()).isEqualTo(10);
        assertThat(only(second).outputs().get(0).counts().committed()).isEqualTo(30);
        assertThat(third.etls().get(0).batches()).isZero();
        assertThat(ids()).containsExactlyElementsOf(range(40));
    }

    @Test
    void goodAndBadRecordsAddUpToWhatWasRead(KafkaCluster broker) {
        broker.createTopic(topic, 2);
        send(broker, 0, 20);
        broker.send(topic, List.of("{", "[]", "{\"id\": \"x\"}"));

        EtlResult result = only(run(broker, "trigger = available-now", ""));

        assertThat(result.inputs().get(0).decoded()).isEqualTo(20);
        assertThat(result.inputs().get(0).undecodable()).isEqualTo(3);
        assertThat(result.deadLetters()).isEqualTo(3);
        assertThat(spark.read()
                        .parquet(folder.resolve("dead").toString())
                        .selectExpr("topic", "stage", "reason_code", "CAST(value AS STRING)")
                        .collectAsList())
                .extracting(row ->
                        row.getString(0) + " " + row.getString(1) + " " + row.getString(2) + " " + row.getString(3))
                .containsExactlyInAnyOrder(
                        topic + " decode MALFORMED_JSON {",
                        topic + " decode MALFORMED_JSON []",
                        topic + " decode MALFORMED_JSON {\"id\": \"x\"}");
    }

    @Test
    void aStreamOutlivesARestartOfTheBroker() throws InterruptedException, ExecutionException {
        Semaphore batches = new Semaphore(0);
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
            broker.createTopic(topic, 2);
            send(broker, 0, 10);
            PipegraphRunner runner = new PipegraphRunner(
                    spark, plan(broker, "trigger = continuous", ""), RunRequest.all(), new RunListener() {
                        @Override
                        public void batchFinished(EtlResult batch) {
                            batches.release();
                        }
                    });
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<RunResult> running = thread.submit(runner::run);
            thread.shutdown();
            assertThat(batches.tryAcquire(60, TimeUnit.SECONDS)).isTrue();

            broker.stop();
            broker.restart();
            batches.drainPermits();
            send(broker, 10, 20);
            assertThat(batches.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            runner.stop();

            assertThat(running.get().stopped()).isTrue();
        }
        assertThat(ids()).containsExactlyElementsOf(range(20));
    }

    @Test
    void offsetsThatAreGoneFailTheStream(KafkaCluster broker) throws InterruptedException, ExecutionException {
        broker.createTopic(topic, 1);
        send(broker, 0, 10);
        run(broker, "trigger = available-now", "");
        send(broker, 10, 30);
        try (Admin admin = broker.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(25)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> run(broker, "trigger = available-now", ""))
                .isInstanceOfSatisfying(MillraceException.class, lost -> assertThat(lost.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessageStartingWith("cannot write parquet files in " + folder.resolve("kept")
                        + ": Some data may have been lost because they are not available in Kafka any more;")
                .hasMessageContaining("Could not read records in offset [10, 30) for topic partition " + topic + "-0");
        RunResult onwards = run(broker, "trigger = available-now", "fail-on-data-loss = false");
        assertThat(only(onwards).outputs().get(0).counts().committed()).isEqualTo(5);
    }

    /** It gets more records than the other one had: by their offsets the first of them would be taken for records that were read. */
    @Test
    void aTopicThatWasMadeAnewIsTold(KafkaCluster broker) throws InterruptedException, ExecutionException {
        broker.createTopic(topic, 1);
        send(broker, 0, 3);
        run(broker, "trigger = available-now", "");
        makeAnew(broker);
        send(broker, 10, 15);

        assertThatThrownBy(() -> run(broker, "trigger = available-now", ""))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .message()
                .matches("ETL keep: the checkpoint \\Q" + folder.resolve("state/checkpoints/orders/keep")
                        + "\\E is not of what the stream reads now: topic " + topic
                        + " was the one of id \\S{22}, and is the one of id \\S{22}\\. What the checkpoint says was read is not what was"
                        + " read here, so rows would be passed over or come twice\\. Put back what was there; or, to read this from its"
                        + " beginning, delete the checkpoint and begin anew with --accept-new-checkpoint, which leaves in the targets what"
                        + " they hold");
        assertThat(ids()).containsExactlyElementsOf(range(3));
    }

    /** The broker deletes a topic some time after it was asked to. */
    private void makeAnew(KafkaCluster broker) throws InterruptedException, ExecutionException {
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
            while (broker.topics().contains(topic)) {
                Thread.onSpinWait();
            }
        }
        broker.createTopic(topic, 1);
    }

    @Test
    void aBatchRunTakesItsPartitions(KafkaCluster broker) {
        broker.createTopic(topic, 2);
        broker.send(IntStream.range(0, 10)
                .mapToObj(i -> new ProducerRecord<byte[], byte[]>(topic, i % 2, null, json(i)))
                .toList());

        new PipegraphRunner(
                        spark, plan(broker, "", ""), RunRequest.of(new Slice(null, List.of(1), null)), RunListener.NONE)
                .run();

        assertThat(ids()).containsExactly(1L, 3L, 5L, 7L, 9L);
    }

    private RunResult run(KafkaCluster broker, String etl, String input) {
        return new PipegraphRunner(spark, plan(broker, etl, input), RunRequest.all(), RunListener.NONE).run();
    }

    private PipegraphPlan plan(KafkaCluster broker, String etl, String input) {
        String text =
                """
                pipegraph {
                  name = orders
                  state = "%1$s/state"
                  models {
                    events { product = kafka, value { bootstrap-servers = "%2$s", topic = %3$s
                      decode { format = json, schema = "id BIGINT NOT NULL" }
                      %4$s } }
                    kept { product = files, value { path = "%1$s/kept" } }
                    dead { product = files, value { path = "%1$s/dead" } }
                  }
                  etls = [ { name = keep, inputs { events = events }, output = kept, dead-letters = dead
                    %5$s } ]
                }
                """
                        .formatted(folder, broker.bootstrapServers(), topic, input, etl);
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("orders.conf", text)));
    }

    private static EtlResult only(RunResult result) {
        assertThat(result.etls()).hasSize(1);
        return result.etls().get(0);
    }

    private void send(KafkaCluster broker, int from, int to) {
        broker.send(IntStream.range(from, to)
                .mapToObj(i -> new ProducerRecord<byte[], byte[]>(topic, json(i)))
                .toList());
    }

    private static byte[] json(int id) {
        return ("{\"id\": " + id + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private List<Long> ids() {
        return spark.read().parquet(folder.resolve("kept").toString()).collectAsList().stream()
                .map(row -> row.getLong(0))
                .sorted()
                .toList();
    }

    private static List<Long> range(int to) {
        return IntStream.range(0, to).mapToObj(Long::valueOf).toList();
    }
}
