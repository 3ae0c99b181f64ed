package io.millrace.iceberg;

import io.millrace.iceberg.FaultyCatalog.Fault;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.TestModel;
import java.nio.file.Path;
import java.time.Duration;

/** Tables of a lake, reached through a catalog with a fault. */
record FaultyTable(String lake, Path folder, Fault fault) {

    private static final CommitRetries TWO = new CommitRetries(2, Duration.ofMillis(1), Duration.ofMillis(2));

    /** Returns the name of a table in the faulty catalog. */
    String named(String table) {
        return table.replace(lake, catalog());
    }

    /**
     * Returns a sink that tries twice.
     *
     * @param more settings of the model
     * @param properties of the catalog
     */
    Sink sink(String table, String more, String properties) {
        IcebergSink sink = (IcebergSink) TestModel.of("table = " + named(table) + "\n" + more)
                .configuredBy(
                        """
                        plugin.iceberg.catalogs.%s {
                          uri = "jdbc:sqlite:%s/iceberg.db", warehouse = "file://%s"
                          properties { catalog-impl = io.millrace.iceberg.FaultyCatalog, fault = %s, real-name = %s, %s }
                        }
                        """
                                .formatted(catalog(), folder, folder, fault, lake, properties))
                .sink(new IcebergPlugin(), RunMode.BATCH);
        return new IcebergSink(sink.model(), sink.newColumns(), TWO);
    }

    private String catalog() {
        return lake + "_" + fault;
    }
}
