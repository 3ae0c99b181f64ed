package io.millrace.benchmarks;

import io.millrace.internal.spark.session.SessionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A session on two cores and a folder for a benchmark; both are gone when it is closed. */
record Workplace(SparkSession session, Path folder) implements AutoCloseable {

    static final int CORES = 2;

    static Workplace open() throws IOException {
        Path folder = Files.createTempDirectory("millrace-benchmark");
        SparkSession session = SessionFactory.create(
                "local[" + CORES + "]",
                Map.of(
                        "spark.sql.shuffle.partitions",
                        "2",
                        "spark.databricks.delta.snapshotPartitions",
                        "2",
                        "spark.sql.warehouse.dir",
                        folder.resolve("warehouse").toString()));
        return new Workplace(session, folder);
    }

    /** Returns the Parquet file that the arguments name, or one with so many generated flights. */
    String flights(Arguments arguments) {
        return arguments.text("flights").isEmpty() ? generated(arguments.number("rows")) : arguments.text("flights");
    }

    private String generated(int rows) {
        String path = folder.resolve("flights").toString();
        session.range(rows)
                .selectExpr(
                        "CAST(timestampadd(SECOND, CAST(id * 5 AS INT), TIMESTAMP'2001-01-01 00:01:00') AS TIMESTAMP_NTZ) AS date",
                        "CAST(rand(7) * 120 AS BIGINT) - 20 AS delay",
                        "CAST(rand(8) * 2500 AS BIGINT) + 60 AS distance",
                        "concat('A', CAST(rand(9) * 60 AS INT)) AS origin",
                        "concat('B', CAST(rand(10) * 60 AS INT)) AS destination")
                .repartition(2)
                .write()
                .parquet(path);
        return path;
    }

    /** Deletes a folder with all it holds. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        session.stop();
        delete(folder);
    }
}
