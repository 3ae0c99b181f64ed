package io.millrace.parallelwrite;

import com.typesafe.config.ConfigFactory;
import io.millrace.config.ConfigDocument;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.run.RunResult;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.NoDeadLetters;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A catalog in a folder and a database of its own, and pipegraphs that write its entities. */
record Lake(SparkSession session, Path folder, String catalog) {

    static final OutputId OUTPUT = new OutputId("lake", "write", "target");

    /** A lake with the settings of a catalog, in HOCON; {@code $folder} and {@code $db} stand for the folder and the database. */
    static Lake of(SparkSession session, Path folder, String catalog) {
        return new Lake(session, folder, catalog);
    }

    /** A lake with one entity, d/events/v1. */
    static Lake events(SparkSession session, Path folder, String format, String schema, String partitionBy) {
        return of(
                session,
                folder,
                """
                entities = [ { coordinates { domain = d, name = events, version = v1, overrideDbName = $db }
                  table = events, format = %s, location = "$folder/events", partition-by = [%s], schema = "%s" } ]
                """
                        .formatted(format, partitionBy, schema));
    }

    /** Returns the configuration of a pipegraph that writes entity d/{name}/v1. */
    String text(String writerDetails, String name, String given, String etl) {
        return """
                plugin.microservice-catalog {
                %s}
                pipegraph {
                  name = lake
                  state = "$folder/state"
                  models {
                    given { product = given, value { %s } }
                    target { product = parallelWrite, value {
                      writerDetails { %s }
                      entityDetails { domain = d, name = %s, version = v1, overrideDbName = $db } } }
                  }
                  etls = [ { name = write, inputs { given = given }, output = target, %s } ]
                }
                """
                .formatted(catalog, given, writerDetails, name, etl)
                .replace("$folder", folder.toString())
                .replace("$db", database());
    }

    static PipegraphPlan plan(String text) {
        ConfigDocument document = ConfigDocument.of(ConfigFactory.parseString(text));
        return new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(document));
    }

    /** Returns the sink that writes entity d/{name}/v1. */
    Sink sink(String writerDetails, String name) {
        return plan(text(writerDetails, name, "", ""))
                .etls()
                .get(0)
                .outputs()
                .get(0)
                .sink();
    }

    /** Returns the sink that writes entity d/events/v1 in a save mode. */
    Sink sink(String saveMode) {
        return sink("writerType = parallelWrite, saveMode = " + saveMode, "events");
    }

    RunResult run(PipegraphPlan plan) {
        return new PipegraphRunner(session, plan, RunRequest.all(), RunListener.NONE).run();
    }

    /** Returns the only batch of a run. */
    static Batch batch(String run, Dataset<Row> rows) {
        return new Batch(new BatchId(OUTPUT, run, 0), rows, RunMode.BATCH, new NoDeadLetters());
    }

    static CommitOutcome write(Sink sink, String run, Dataset<Row> rows) {
        return sink.write(batch(run, rows));
    }

    /** Returns the rows of a table as JSON, sorted. */
    List<String> table(String name) {
        return json(session.table(database() + "." + name));
    }

    /** Returns how messages name entity d/events/v1. */
    String target(String format) {
        return "entity d/events/v1 (" + format + " at file:" + folder + "/events, table " + database() + ".events)";
    }

    String database() {
        return "lake_" + folder.getFileName().toString().replaceAll("\\W", "_");
    }

    static List<String> json(Dataset<Row> rows) {
        return rows.toJSON().collectAsList().stream().sorted().toList();
    }
}
