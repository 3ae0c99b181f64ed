package io.millrace.examples.flights;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.DemoProcess;
import io.millrace.examples.ExampleRun;
import io.millrace.run.RunResult;
import io.millrace.spi.Counts;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
@ExtendWith(MillraceSession.class)
class FlightsIT {

    private static final String FILE = "flights/flights.parquet";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path lake;

    private final SparkSession session;

    FlightsIT(SparkSession session) {
        this.session = session;
    }

    @Test
    void bothTablesHoldWhatAQueryOfSparkFinds() {
        RunResult result =
                ExampleRun.of("flights/pipegraph.conf", session, Map.of("flights", FILE, "lake", lake.toString()));

        assertTables(lake);
        assertThat(counts(result, "keep-every-flight")).isEqualTo(Counts.committed(rows()));
        assertThat(counts(result, "latest-flight-of-every-route"))
                .isEqualTo(new Counts(routes(), 0, 0, 0, rows() - routes()));
    }

    @Test
    void theyHoldTheSameWhereTheFlightsGoThroughATopic() throws InterruptedException {
        List<String> shown = DemoProcess.run("flights", "kafka", "--into", lake.toString());

        assertTables(lake.resolve("lake"));
        assertThat(shown)
                .contains(String.format(Locale.ROOT, "  wrote topic: %,d rows committed", rows()))
                .contains(String.format(Locale.ROOT, "  wrote flights: %,d rows committed", rows()))
                .contains(String.format(
                        Locale.ROOT,
                        "  wrote latest_flights: %,d rows committed, %,d collapsed",
                        routes(),
                        rows() - routes()));
    }

    @Test
    void thereAreTwoWaysAndNoThird() throws InterruptedException {
        try (ChildJvm child = DemoProcess.start("flights", "air", "--into", lake.toString())) {
            assertThat(child.awaitExit(Duration.ofMinutes(3))).isEqualTo(2);
            assertThat(child.output())
                    .contains(
                            "error: the flights can go by file, as they do where nothing is said, or by kafka, not by \"air\"");
        }
    }

    @Test
    void theFileHoldsWhatIsGenerated() {
        List<Row> rows = FlightSchedule.flights().stream().map(Flight::row).toList();

        assertSame(session.read().parquet(FILE), session.createDataFrame(rows, Flight.SCHEMA));
    }

    private void assertTables(Path folder) {
        Dataset<Row> flights = session.read().parquet(FILE);
        assertSame(
                session.read().parquet(folder.resolve("flights").toString()),
                flights.withColumn("month", functions.expr("substring(string(date), 1, 7)")));
        assertSame(
                session.read()
                        .format("delta")
                        .load(folder.resolve("latest_flights").toString()),
                latest());
    }

    private Dataset<Row> latest() {
        return session.sql(
                """
                SELECT date, delay, distance, origin, destination
                FROM (SELECT *, row_number() OVER (PARTITION BY origin, destination
                                                   ORDER BY date DESC, delay DESC, distance DESC) AS place
                      FROM {flights})
                WHERE place = 1
                """
                        .replace("{flights}", "parquet.`" + FILE + "`"));
    }

    private long rows() {
        return session.read().parquet(FILE).count();
    }

    private long routes() {
        return latest().count();
    }

    /** In both directions, and as often. */
    private static void assertSame(Dataset<Row> actual, Dataset<Row> expected) {
        Column[] columns =
                List.of(expected.columns()).stream().map(functions::col).toArray(Column[]::new);
        assertThat(actual.columns()).containsExactlyInAnyOrder(expected.columns());
        assertThat(actual.select(columns).exceptAll(expected).collectAsList()).isEmpty();
        assertThat(expected.exceptAll(actual.select(columns)).collectAsList()).isEmpty();
    }

    private static Counts counts(RunResult result, String etl) {
        return result.etl(etl).outputs().get(0).counts();
    }
}
