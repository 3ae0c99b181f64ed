package io.millrace.iceberg.internal.entity;

import com.typesafe.config.ConfigFactory;
import io.millrace.config.ConfigDocument;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.spi.Sink;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A warehouse with one entity, d/events/v1, whose table {@code events} is Iceberg's. */
record EntityLake(SparkSession session, Path folder, String schema, String more) {

    String catalog() {
        return "entities_" + Integer.toUnsignedString(folder.hashCode());
    }

    String table() {
        return catalog() + ".raw.events";
    }

    /** Returns how messages name the entity. */
    String words() {
        return "entity d/events/v1 (Iceberg at file:" + folder + "/raw/events, table " + table() + ")";
    }

    Sink sink(String saveMode) {
        return sink("writerType = parallelWrite, saveMode = " + saveMode, "");
    }

    Sink sink(String writerDetails, String etl) {
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(document(writerDetails, etl)))
                .etls()
                .get(0)
                .outputs()
                .get(0)
                .sink();
    }

    ConfigDocument document(String writerDetails, String etl) {
        return ConfigDocument.of(ConfigFactory.parseString(
                """
                plugin {
                  iceberg.catalogs { %1$s { warehouse = "%2$s" } }
                  microservice-catalog.entities = [
                    { coordinates { domain = d, name = events, version = v1, overrideDbName = raw }
                      catalog = %1$s, table = events, format = Iceberg, location = "%2$s/raw/events", schema = "%3$s" %4$s } ]
                }
                pipegraph {
                  name = lake
                  models {
                    given { product = table, value { name = given } }
                    letters { product = console }
                    target { product = parallelWrite, value {
                      writerDetails { %5$s }
                      entityDetails { domain = d, name = events, version = v1, overrideDbName = raw } } }
                  }
                  etls = [ { name = write, inputs { given = given }, output = target, %6$s } ]
                }
                """
                        .formatted(catalog(), folder, schema, more, writerDetails, etl)));
    }

    Dataset<Row> rows() {
        return session.table(table());
    }

    /** Returns the rows; none where there is no table yet. */
    List<Row> written() {
        boolean known =
                !session.conf().get("spark.sql.catalog." + catalog(), "").isEmpty();
        return known && session.catalog().tableExists(table()) ? rows().collectAsList() : List.of();
    }
}
