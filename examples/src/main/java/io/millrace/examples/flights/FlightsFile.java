package io.millrace.examples.flights;

import io.millrace.internal.spark.session.SessionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes the flights that the example brings along. */
public final class FlightsFile {

    private FlightsFile() {}

    /** Writes them to the file that is given. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        SparkSession session = SessionFactory.create("local[1]", Map.of());
        try {
            write(session, file);
        } finally {
            session.stop();
        }
    }

    private static void write(SparkSession session, Path file) throws IOException {
        Path folder = Files.createTempDirectory("flights");
        List<Row> rows = FlightSchedule.flights().stream().map(Flight::row).toList();
        session.createDataFrame(rows, Flight.SCHEMA)
                .coalesce(1)
                .write()
                .mode("overwrite")
                .parquet(folder.toString());
        try (Stream<Path> written = Files.list(folder)) {
            Path parquet = written.filter(each -> each.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            Files.move(parquet, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
