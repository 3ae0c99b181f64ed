package io.millrace.examples.flights;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.examples.ExampleRun;
import io.millrace.run.RunResult;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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
        RunResult result = ExampleRun.of("flights/pipegraph.conf", session, Map.of("flights", FILE, "lake", lake.toString()));

        Dataset<Row> flights = session.read().parquet(FILE);
        Dataset<Row> byMonth = flights.withColumn("month", functions.expr("substring(string(date), 1, 7)"));
        Dataset<Row> latest = session.sql(
                """
                SELECT date, delay, distance, origin, destination
                FROM (SELECT *, row_number() OVER (PARTITION BY origin, destination
                                                   ORDER BY date DESC, delay DESC, distance DESC) AS place
                      FROM {flights})
                WHERE place = 1
                """
                        .replace("{flights}", "parquet.`" + FILE + "`"));
        assertSame(session.read().parquet(lake.resolve("flights").toString()), byMonth);
        assertSame(
                session.read()
                        .format("delta")
                        .load(lake.resolve("latest_flights").toString()),
                latest);
        long rows = flights.count();
        long routes = latest.count();
        assertThat(counts(result, "keep-every-flight")).isEqualTo(Counts.committed(rows));
        assertThat(counts(result, "latest-flight-of-every-route"))
                .isEqualTo(new Counts(routes, 0, 0, 0, rows - routes));
    }

    @Test
    void theFileHoldsWhatIsGenerated() {
        List<Row> rows = FlightSchedule.flights().stream().map(Flight::row).toList();

        assertSame(session.read().parquet(FILE), session.createDataFrame(rows, Flight.SCHEMA));
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
