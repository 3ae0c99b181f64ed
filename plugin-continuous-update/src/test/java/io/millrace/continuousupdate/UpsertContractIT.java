package io.millrace.continuousupdate;

import com.typesafe.config.ConfigFactory;
import io.millrace.config.ConfigDocument;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.spi.Sink;
import io.millrace.testkit.DeltaFault;
import io.millrace.testkit.SinkTarget;
import io.millrace.testkit.UpsertContract;
import io.millrace.testkit.UpsertWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Upserts into Delta tables. */
@Tag("thorough")
class UpsertContractIT extends UpsertContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private int targets;

    @Override
    protected SinkTarget target(StructType columns, UpsertWords settings) {
        return new EntityTarget(session(), folder.resolve("lake_" + targets++), columns.toDDL(), settings);
    }

    @Override
    protected String nullKeyRemedy() {
        return "set onNullKey to deadLetter or allow";
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "entity d/orders/v1";
    }

    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        return Map.of("by what Delta does after the commit", target -> {
            DeltaFault.afterEachCommit(
                    session(), ((EntityTarget) target).folder().resolve("orders"));
            return target.sink();
        });
    }

    private record EntityTarget(SparkSession session, Path folder, String ddl, UpsertWords settings)
            implements SinkTarget {

        @Override
        public Sink sink() {
            String database = "contract_" + folder.toString().replaceAll("\\W", "_");
            String text =
                    """
                    plugin.microservice-catalog.entities = [
                      { coordinates { domain = d, name = orders, version = v1, overrideDbName = $db }
                        table = orders, format = Delta, location = "$folder/orders", schema = "$ddl" } ]
                    pipegraph {
                      name = lake
                      state = "$folder/state"
                      models {
                        given { product = given }
                        letters { product = console }
                        target { product = parallelWrite, value {
                          writerDetails { $settings }
                          entityDetails { domain = d, name = orders, version = v1, overrideDbName = $db } } }
                      }
                      etls = [ { name = write, inputs { given = given }, output = target, dead-letters = letters } ]
                    }
                    """
                            .replace("$folder", folder.toString())
                            .replace("$db", database)
                            .replace("$settings", settings.ofEntity())
                            .replace("$ddl", ddl);
            return new Planner(PluginRegistry.ofClassPath())
                    .plan(PipegraphLoader.load(ConfigDocument.of(ConfigFactory.parseString(text))))
                    .etls()
                    .get(0)
                    .outputs()
                    .get(0)
                    .sink();
        }

        @Override
        public List<Row> rows() {
            return Files.exists(folder.resolve("orders/_delta_log"))
                    ? session.read().format("delta").load(folder + "/orders").collectAsList()
                    : List.of();
        }
    }
}
