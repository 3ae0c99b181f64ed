package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.KafkaCluster;
import io.millrace.broker.RegistryServer;
import io.millrace.config.MillraceException;
import io.millrace.run.EtlResult;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceRegistry;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.RegisteredAvro;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What contracts make of records whose schema has changed. */
@ExtendWith({MillraceSession.class, MillraceKafka.class, MillraceRegistry.class})
@ResourceLock(value = MillraceRegistry.IDS, mode = ResourceAccessMode.READ)
@Tag("processes")
class RecordContractIT {

    private static final String ORDER = schema("");
    private static final String CHANGED = schema(
            """
            , { "name": "price", "type": "double", "default": 0.5 }
            , { "name": "lines", "default": [], "type": { "type": "array", "items": {
                "type": "record", "name": "Line", "fields": [ { "name": "n", "type": "int" } ] } } }""");

    private final SparkSession spark;
    private final KafkaCluster broker;
    private final RegistryServer registry;
    private final String topic = MillraceKafka.topic("orders");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    RecordContractIT(SparkSession spark, KafkaCluster broker, RegistryServer registry) {
        this.spark = spark;
        this.broker = broker;
        this.registry = registry;
        broker.createTopic(topic, 1);
    }

    @Test
    void whatIsNewIsLeftOut() {
        oneThenAChange("discard", "");

        EtlResult second = run("discard", "");

        assertThat(second.deadLetters()).isZero();
        assertThat(kept()).containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    }

    @Test
    void whatIsNewBecomesADeadLetterUntilItIsTakenUp() {
        int id = oneThenAChange("dead-letter", "");

        EtlResult second = run("dead-letter", "");

        assertThat(second.inputs().get(0).undecodable()).isEqualTo(1);
        assertThat(kept()).containsExactly("{\"id\":1}", "{\"id\":3}");
        assertThat(dead())
                .containsExactly("1 " + id + " schema CONTRACT_NOT_MET records of schema " + id
                        + ", shop.Order, have fields that the rows have no columns for: price, lines");

        send(changed().value(Map.of("id", 4L, "price", 1.5, "lines", List.of())));
        assertThat(run("evolve", "").deadLetters()).isZero();
        assertThat(kept()).contains("{\"id\":4,\"price\":1.5,\"lines\":[]}").hasSize(3);
    }

    @Test
    void aFrozenRecordStopsTheStreamAndLosesNothing() {
        int id = oneThenAChange("freeze", "");

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> run("freeze", ""))
                    .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                            .isEqualTo(MillraceException.Kind.USER))
                    .hasMessageEndingWith(
                            "records of schema " + id
                                    + ", shop.Order, have fields that the rows have no columns for: price, lines\n"
                                    + "  the contract freezes the record; write contract { record = evolve } to take up what is new, discard to leave it out, dead-letter to keep such records aside");
        }
        assertThat(kept()).containsExactly("{\"id\":1}");
        assertThat(folder.resolve("dead")).doesNotExist();

        run("evolve", "");
        assertThat(kept())
                .containsExactly(
                        "{\"id\":1}",
                        "{\"id\":2,\"price\":9.5,\"lines\":[{\"n\":7}]}",
                        "{\"id\":3,\"price\":0.5,\"lines\":[]}");
    }

    /** What the newest version has dropped was dropped on purpose. */
    @Test
    void olderVersionsAreNoChange() {
        RegisteredAvro older = changed();
        registered(ORDER);
        send(older.value(Map.of("id", 1L, "price", 1.0, "lines", List.of())));

        assertThat(run("freeze", "").deadLetters()).isZero();

        assertThat(kept()).containsExactly("{\"id\":1}");
    }

    @Test
    void aPinnedVersionIsTheOneThatIsAgreed() {
        oneThenAChange("dead-letter", "version = 1");

        assertThat(run("dead-letter", "version = 1").inputs().get(0).undecodable())
                .isEqualTo(1);
        send(changed().value(Map.of("id", 4L, "price", 1.5, "lines", List.of())));
        assertThat(run("dead-letter", "version = 2").deadLetters()).isZero();
    }

    /** Else the record would be in no place: its dead letter is not written yet, and its batch is committed without it. */
    @Test
    void aBatchThatIsRepeatedKeepsToTheContractItHad() throws Exception {
        oneThenAChange("dead-letter", "");
        Path inTheWay = Files.writeString(folder.resolve("dead"), "no folder");
        assertThatThrownBy(() -> run("dead-letter", "")).isInstanceOf(MillraceException.class);
        assertThat(kept()).containsExactly("{\"id\":1}", "{\"id\":3}");

        Files.delete(inTheWay);
        EtlResult repeated = run("evolve", "");

        assertThat(repeated.outputs().get(0).replayed()).isEqualTo(1);
        assertThat(kept()).containsExactly("{\"id\":1}", "{\"id\":3}");
        assertThat(dead()).hasSize(1);
    }

    /** Runs a stream up to the first record, and sends one with new fields and one without; returns the id of the new schema. */
    private int oneThenAChange(String contract, String reader) {
        RegisteredAvro order = registered(ORDER);
        send(order.value(Map.of("id", 1L)));
        run(contract, reader);
        RegisteredAvro changed = changed();
        var line = new org.apache.avro.generic.GenericRecordBuilder(
                        changed.schema().getField("lines").schema().getElementType())
                .set("n", 7)
                .build();
        send(changed.value(Map.of("id", 2L, "price", 9.5, "lines", List.of(line))), order.value(Map.of("id", 3L)));
        return changed.id();
    }

    private RegisteredAvro changed() {
        return registered(CHANGED);
    }

    private RegisteredAvro registered(String schema) {
        return RegisteredAvro.in(registry, topic + "-value", schema);
    }

    private void send(byte[]... values) {
        stream().send(values);
    }

    private RegisteredStream stream() {
        return new RegisteredStream(spark, broker, topic, folder);
    }

    /** @param reader settings beside those of the registry */
    private EtlResult run(String contract, String reader) {
        String registered = "url = \"" + registry.url() + "\" }\n" + reader + "\nregistry { retries = 2";
        String etl = "contract { record = " + contract + " }, trigger = available-now";
        return stream()
                .runner(registered, etl, RunRequest.all(), RunListener.NONE)
                .run()
                .etl("keep");
    }

    private List<String> kept() {
        return spark.read()
                .option("mergeSchema", true)
                .parquet(folder + "/kept")
                .orderBy("id")
                .toJSON()
                .collectAsList();
    }

    private List<String> dead() {
        return spark
                .read()
                .parquet(folder + "/dead")
                .select("offset", "schema_id", "stage", "reason_code", "reason")
                .collectAsList()
                .stream()
                .map(row -> row.mkString(" "))
                .toList();
    }

    private static String schema(String more) {
        return """
                { "type": "record", "name": "Order", "namespace": "shop", "fields": [
                  { "name": "id", "type": "long" } %s ] }"""
                .formatted(more);
    }
}
