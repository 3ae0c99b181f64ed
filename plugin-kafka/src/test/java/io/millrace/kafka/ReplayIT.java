package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.KafkaCluster;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.deadletter.DeadLetter;
import io.millrace.deadletter.DeadLetterBox;
import io.millrace.deadletter.LetterFilter;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.state.StateFolder;
import io.millrace.load.LoadedPipegraph;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.DeadLetterSample;
import io.millrace.run.EtlResult;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters of a topic, found again and sent through once more. */
@ExtendWith({MillraceSession.class, MillraceKafka.class})
class ReplayIT {

    private static final String NUMBERS = "id BIGINT NOT NULL";
    private static final String TEXTS = "id STRING NOT NULL";
    private static final LetterFilter KEEP = new LetterFilter("keep", null, null, null);

    private final SparkSession spark;
    private final KafkaCluster broker;
    private final String topic = MillraceKafka.topic("orders");
    private String schema = NUMBERS;
    private String dead = "product = files, value { path = \"FOLDER/dead\" }";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    ReplayIT(SparkSession spark, KafkaCluster broker) {
        this.spark = spark;
        this.broker = broker;
        broker.createTopic(topic, 1);
    }

    /** The schema is put right, and what did not fit it before does now. */
    @Test
    void eachLetterIsReplayedOnceAndThoseThatFailAgainAreDeadAgain() {
        send("{\"id\": 1}", "{\"id\": \"two\"}", "{\"id\": 3", "{\"id\": \"four\"}");
        run();
        assertThat(letters(LetterFilter.ALL)).containsExactly("1 open", "2 open", "3 open");

        schema = TEXTS;
        LetterFilter last = new LetterFilter("keep", "decode", "MALFORMED_JSON", "offset = 3");
        EtlResult one = replay(last).orElseThrow().etls().get(0);
        assertThat(one.inputs().get(0).decoded()).isEqualTo(1);
        assertThat(letters(LetterFilter.ALL)).containsExactly("1 open", "2 open", "3 replayed");
        assertThat(replay(last)).isEmpty();

        EtlResult rest = replay(KEEP).orElseThrow().etls().get(0);
        assertThat(rest.inputs().get(0).decoded()).isEqualTo(1);
        assertThat(rest.inputs().get(0).undecodable()).isEqualTo(1);
        assertThat(rest.deadLetters()).isEqualTo(1);
        assertThat(rest.samples())
                .containsExactly(new DeadLetterSample(
                        "decode",
                        "MALFORMED_JSON",
                        "the value is not JSON: Unexpected end-of-input: expected close marker for Object, at column 9",
                        topic + "/0/2",
                        "{\"id\": 3"));
        assertThat(ids()).containsExactly("1", "four", "two");
        assertThat(letters(LetterFilter.ALL)).containsExactly("1 replayed", "2 replayed", "2 open", "3 replayed");
    }

    /** It has committed its rows and fails with its dead letters; the next one goes on with what it had, whatever came meanwhile. */
    @Tag("thorough")
    @Test
    void aReplayThatFailedHalfwayIsContinued() throws Exception {
        send("{\"id\": \"one\"}", "{\"id\": ");
        run();
        schema = TEXTS;
        Path staging = folder.resolve("dead/_millrace/staging");
        delete(staging);
        Files.writeString(staging, "no folder");
        assertThatThrownBy(() -> replay(KEEP)).isInstanceOf(MillraceException.class);
        assertThat(ids()).containsExactly("one");
        Files.delete(staging);
        schema = NUMBERS;
        send("{\"id\": \"three\"}");
        run();

        schema = TEXTS;
        EtlResult continued = replay(new LetterFilter("keep", null, "NONE_OF_THESE", null))
                .orElseThrow()
                .etls()
                .get(0);

        assertThat(continued.outputs().get(0).replayed()).isEqualTo(1);
        assertThat(ids()).containsExactly("one");
        assertThat(letters(LetterFilter.ALL)).containsExactly("0 replayed", "1 replayed", "1 open", "2 open");
    }

    @Tag("thorough")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "product = kafka, value { bootstrap-servers = \"BROKER\", topic = DEAD }",
                "product = files, value { path = \"FOLDER/dead\", format = json }"
            })
    void lettersComeBackFromWhereverTheyWere(String place) {
        dead = place;
        if (place.contains("kafka")) {
            broker.createTopic(topic + "-dead", 1);
        }
        send("{\"id\": \"zażółć\"}");
        run();
        Row letter = box().letters(LetterFilter.ALL).head();
        assertThat(letter.schema().toDDL()).startsWith(DeadLetter.TYPE.toDDL());
        assertThat(new String(letter.<byte[]>getAs("value"), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\": \"zażółć\"}");

        schema = TEXTS;
        replay(KEEP);

        assertThat(ids()).containsExactly("zażółć");
        assertThat(letters(LetterFilter.ALL)).containsExactly("0 replayed");
    }

    @Test
    void whereThereAreNoneNothingIsReplayed() {
        send("{\"id\": 1}");
        run();

        assertThat(letters(LetterFilter.ALL)).isEmpty();
        assertThat(replay(KEEP)).isEmpty();
        assertThat(Ledger.ofPipegraph(
                                new StateFolder(spark, folder.resolve("state").toString()), "orders")
                        .list())
                .isEmpty();
    }

    @Test
    void whatCannotBeReplayedIsSaid() {
        fails(LetterFilter.ALL, "say whose dead letters are to be replayed: --etl NAME");
        fails(
                new LetterFilter("kepe", null, null, null),
                "pipegraph orders has no ETL \"kepe\"; did you mean \"keep\"?");
        fails(
                new LetterFilter("keep", null, null, "ofset > 1"),
                "the condition etl = 'keep' AND (ofset > 1): [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `ofset` cannot be resolved. Did you mean one of the following? [`offset`,");
    }

    private void fails(LetterFilter filter, String message) {
        assertThatThrownBy(() -> replay(filter))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessageStartingWith(message);
    }

    private void send(String... values) {
        broker.send(Stream.of(values)
                .map(value -> new ProducerRecord<byte[], byte[]>(topic, value.getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    private void run() {
        new PipegraphRunner(spark, plan(), RunRequest.all(), RunListener.NONE).run();
    }

    private Optional<RunResult> replay(LetterFilter filter) {
        RunResult result = new PipegraphRunner(spark, plan(), RunRequest.replay(filter), RunListener.NONE).run();
        return result.etls().isEmpty() ? Optional.empty() : Optional.of(result);
    }

    private DeadLetterBox box() {
        return new DeadLetterBox(spark, plan());
    }

    private PipegraphPlan plan() {
        return new Planner(PluginRegistry.ofClassPath()).plan(loaded());
    }

    private LoadedPipegraph loaded() {
        String text =
                """
                pipegraph {
                  name = orders
                  state = "%1$s/state"
                  models {
                    events { product = kafka, value { bootstrap-servers = "%2$s", topic = %3$s
                      decode { format = json, schema = "%4$s" } } }
                    texts { product = files, value { path = "%1$s/kept" } }
                    dead { %5$s }
                  }
                  etls = [ { name = keep, inputs { events = events }, output = texts, dead-letters = dead
                    steps = [ { name = asText, sql = "SELECT CAST(id AS STRING) AS id FROM events" } ]
                    trigger = available-now } ]
                }
                """
                        .formatted(
                                folder,
                                broker.bootstrapServers(),
                                topic,
                                schema,
                                dead.replace("FOLDER", folder.toString())
                                        .replace("BROKER", broker.bootstrapServers())
                                        .replace("DEAD", topic + "-dead"));
        return PipegraphLoader.load(HoconReader.parse("orders.conf", text));
    }

    private List<String> letters(LetterFilter filter) {
        return box().letters(filter).orderBy("offset", "failed_at").collectAsList().stream()
                .map(row -> row.<Long>getAs("offset") + (row.<Boolean>getAs("replayed") ? " replayed" : " open"))
                .toList();
    }

    private List<String> ids() {
        return spark.read().parquet(folder.resolve("kept").toString()).collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private static void delete(Path folder) throws Exception {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
