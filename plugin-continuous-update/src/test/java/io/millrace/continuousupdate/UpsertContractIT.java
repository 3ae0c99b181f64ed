package io.millrace.continuousupdate;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.millrace.config.ConfigDocument;
import io.millrace.config.MillraceException;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.spi.Delivery;
import io.millrace.spi.Sink;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of sinks, as far as an upsert appends: rows of different keys. */
class UpsertContractIT extends SinkContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private int targets;

    @Override
    protected SinkTarget target(StructType columns) {
        String nullKeys = columns.equals(NESTED) ? "allow" : "fail";
        return new EntityTarget(session(), folder.resolve("lake_" + targets++), columns.toDDL(), nullKeys);
    }

    @Override
    protected Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "entity d/orders/v1";
    }

    @Test
    @Override
    protected void equalRowsOfABatchAreAllKept() {
        SinkTarget target = target(COLUMNS);

        write(target.sink(), batch(0), rows(0, 3).union(rows(0, 3)));

        assertThat(ids(target)).containsExactly(0L, 1L, 2L);
    }

    @Test
    @Override
    protected void aNullWhereNoneMayBeIsRefused() {
        SinkTarget target = target(COLUMNS);

        MillraceException reason = refused(
                target.sink(),
                batch(0),
                rows(0, 3).selectExpr("IF(id = 2, NULL, id) AS id", "name", "price", "day", "at"));

        assertThat(reason.kind()).isEqualTo(MillraceException.Kind.USER);
        assertThat(reason)
                .hasMessage(
                        "entity d/orders/v1: the batch is refused\n"
                                + "  1 rows have no key (a null in id), for example {\"id\":null}; leave them out, or set onNullKey to deadLetter or allow");
        assertThat(target.rows()).isEmpty();
    }

    private record EntityTarget(SparkSession session, Path folder, String ddl, String nullKeys) implements SinkTarget {

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
                        target { product = parallelWrite, value {
                          writerDetails {
                            writerType = continuousUpdate, keys = [id], orderingExpression = id, onNullKey = $nullKeys }
                          entityDetails { domain = d, name = orders, version = v1, overrideDbName = $db } } }
                      }
                      etls = [ { name = write, inputs { given = given }, output = target } ]
                    }
                    """
                            .replace("$folder", folder.toString())
                            .replace("$db", database)
                            .replace("$nullKeys", nullKeys)
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
