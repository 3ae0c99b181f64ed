package io.millrace.benchmarks;

import io.millrace.Millrace;
import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;

/** The jobs as pipegraphs. */
record StreamOfMillrace(TopicJob job) {

    void keep(int round) {
        run(
                TopicJob.PARQUET,
                round,
                "partition-by = [month], schema = \"" + TopicJob.SCHEMA + ", month STRING\"",
                "writerType = parallelWrite, saveMode = append",
                "steps = [ { name = by-month, sql = \"SELECT *, " + TopicJob.MONTH + " AS month FROM flights\" } ]");
    }

    void upsert(int round) {
        run(
                TopicJob.DELTA,
                round,
                "schema = \"" + TopicJob.SCHEMA + "\"",
                "writerType = continuousUpdate, keys = [origin, destination], orderingExpression = \"struct(date, delay, distance)\"",
                "");
    }

    private void run(String format, int round, String entity, String writer, String steps) {
        String text =
                """
                plugin.microservice-catalog.entities = [
                  { coordinates { domain = air, name = flights, version = v1 }, table = millrace_%1$s_%2$d, format = %1$s, location = "%3$s"
                    %4$s }
                ]
                pipegraph {
                  name = topic
                  state = "%5$s"
                  models {
                    topic { product = kafka, value {
                      bootstrap-servers = "%6$s", topic = %7$s, max-offsets-per-trigger = %8$d
                      decode { format = json, schema = "%9$s" } } }
                    kept { product = parallelWrite, value {
                      writerDetails { %10$s }
                      entityDetails { domain = air, name = flights, version = v1 } } }
                    rejected { product = files, value { path = "%5$s/rejected", format = parquet } }
                  }
                  etls = [
                    { name = keep, inputs { flights = topic }, output = kept, dead-letters = rejected, trigger = available-now
                      %11$s }
                  ]
                }
                """
                        .formatted(
                                format,
                                round,
                                job.table("millrace", format, round),
                                entity,
                                job.checkpoint("millrace", format, round),
                                job.servers(),
                                job.topic(),
                                job.batch(),
                                TopicJob.SCHEMA,
                                writer,
                                steps);
        PipegraphPlan plan =
                new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(HoconReader.parse("topic", text)));
        try (Millrace millrace = Millrace.on(job.session())) {
            RunResult result = millrace.run(plan, RunRequest.all(), RunListener.NONE);
            if (result.etls().get(0).outputs().get(0).counts().committed() == 0) {
                throw new IllegalStateException("nothing was written: " + result);
            }
        }
    }
}
