package io.millrace.kafka;

import io.millrace.broker.KafkaCluster;
import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.SparkSession;

/** Records that name their schema, from a topic into files: what can be read and what cannot. */
record RegisteredStream(SparkSession spark, KafkaCluster broker, String topic, Path folder) {

    /** What a run asks that gives up soon. */
    static String registry(String url) {
        return "url = \"" + url + "\", retries = 2, retry-pause = 1ms";
    }

    /**
     * Returns a run of it.
     *
     * @param registry the settings of the registry
     * @param trigger with its key; empty for none
     */
    PipegraphRunner runner(String registry, String trigger, RunRequest request, RunListener listener) {
        return new PipegraphRunner(spark, plan(registry, trigger), request, listener);
    }

    private PipegraphPlan plan(String registry, String trigger) {
        String text =
                """
                pipegraph {
                  name = orders
                  state = "%1$s/state"
                  models {
                    events { product = kafka, value { bootstrap-servers = "%2$s", topic = %3$s
                      decode { format = confluent-avro, registry { %4$s } } } }
                    kept { product = files, value { path = "%1$s/kept" } }
                    dead { product = files, value { path = "%1$s/dead" } }
                  }
                  etls = [ { name = keep, inputs { events = events }, output = kept, dead-letters = dead
                    %5$s } ]
                }
                """
                        .formatted(folder, broker.bootstrapServers(), topic, registry, trigger);
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("orders.conf", text)));
    }

    void send(byte[]... values) {
        broker.send(Stream.of(values)
                .map(value -> new ProducerRecord<byte[], byte[]>(topic, value))
                .toList());
    }

    /** Returns the ids of the orders that are kept. */
    List<Long> ids() {
        return spark.read().parquet(folder.resolve("kept").toString()).select("id").collectAsList().stream()
                .map(row -> row.getLong(0))
                .sorted()
                .toList();
    }

    /** Returns offset, reason and schema of what is not. */
    List<String> dead() {
        return spark.read().parquet(deadLetters().toString()).collectAsList().stream()
                .map(row -> row.<Long>getAs("offset") + " " + row.getAs("reason_code") + " "
                        + row.<Integer>getAs("schema_id"))
                .toList();
    }

    /** Returns the folder of what is not; there is none where all is kept. */
    Path deadLetters() {
        return folder.resolve("dead");
    }
}
