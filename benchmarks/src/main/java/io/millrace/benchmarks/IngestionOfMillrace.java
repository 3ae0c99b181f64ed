package io.millrace.benchmarks;

import io.millrace.Millrace;
import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;

/** The job as a pipegraph: each record read with the schema it was written with, what is malformed kept aside. */
record IngestionOfMillrace(RegisteredTopic topic) {

    static final String NAME = "millrace";

    void run(int round) {
        try (Millrace millrace = Millrace.on(topic.session())) {
            millrace.run(plan(round, "available-now"), RunRequest.all(), RunListener.NONE);
        }
    }

    /** Returns the job of a round, with a trigger. */
    PipegraphPlan plan(int round, String trigger) {
        String text =
                """
                pipegraph {
                  name = ingestion
                  state = "%1$s"
                  models {
                    topic { product = kafka, value {
                      bootstrap-servers = "%2$s", topic = %3$s, max-offsets-per-trigger = %4$d
                      decode { format = confluent-avro, registry { url = "%5$s" } } } }
                    raw { product = files, value { path = "%6$s" } }
                    rejected { product = files, value { path = "%1$s/rejected" } }
                  }
                  etls = [
                    { name = ingest, inputs { orders = topic }, output = raw, dead-letters = rejected, trigger = %7$s
                      steps = [ { name = placed, sql = "SELECT string(_source.key) AS key, _source.partition, _source.offset, _source.topic, _source.timestamp, * FROM orders" } ] }
                  ]
                }
                """
                        .formatted(
                                topic.checkpoint(NAME, round),
                                topic.servers(),
                                topic.topic(),
                                topic.batch(),
                                topic.registry(),
                                topic.table(NAME, round),
                                trigger);
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("ingestion", text)));
    }
}
