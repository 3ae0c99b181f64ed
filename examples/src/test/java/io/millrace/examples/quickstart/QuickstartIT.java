package io.millrace.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.KafkaBroker;
import io.millrace.examples.DemoProcess;
import io.millrace.examples.ExampleRun;
import io.millrace.run.EtlResult;
import io.millrace.run.RunResult;
import io.millrace.spi.Counts;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
@Tag("processes")
class QuickstartIT {

    private static final int RECORDS_IN_A_BATCH = 4_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final SparkSession session;
    private final ExpectedOrders expected = new ExpectedOrders();

    QuickstartIT(SparkSession session) {
        this.session = session;
    }

    @Test
    void demosThatWereKilledAndTheNextRunMakeOfThreeDaysWhatPlainJavaMakesOfThem() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("kafka"))) {
            broker.createTopic(OrderTopic.NAME, 1);
            broker.send(OrderTopic.NAME, lines(0).subList(0, 100)); // as if it was killed while it sent
        }
        try (ChildJvm child = DemoProcess.start("quickstart", "--into", folder.toString())) {
            child.awaitLine("wrote order_events: ", LIMIT);
            child.kill();
        }

        List<String> shown = DemoProcess.run("quickstart", "--into", folder.toString());

        expectDay(0);
        Counts kept = expected.kept();
        expectDay(1);
        assertTables();
        assertThat(shown)
                .contains("Tuesday, 3 March. A shop's systems have sent "
                        + String.format(
                                Locale.ROOT, "%,d", OrderDays.arrivals(1).size()) + " order events to topic orders.")
                .contains("  wrote order_events: " + words(since(kept, expected.kept())));

        kept = expected.kept();
        Counts upserted = expected.upserted();
        expectDay(2);
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("kafka"))) {
            new OrderTopic(broker).sendNextDay();
            RunResult next = run(broker);
            assertTables();
            assertNumbers(next, kept, upserted);
            assertThat(counts(next, "current-state").stale()).isPositive();
            assertThat(counts(next, "current-state").collapsed()).isPositive();
            assertThat(counts(next, "current-state").dropped()).isPositive();
            assertThat(expected.undecodable()).isNotEmpty();

            RunResult nothing = run(broker);
            assertThat(nothing.etls()).allMatch(etl -> etl.batches() == 0);
            assertTables();
        }
    }

    private void expectDay(int day) {
        List<String> lines = lines(day);
        for (int i = 0; i < lines.size(); i += RECORDS_IN_A_BATCH) {
            expected.batch(lines.subList(i, Math.min(i + RECORDS_IN_A_BATCH, lines.size())));
        }
    }

    private static List<String> lines(int day) {
        return OrderDays.arrivals(day).stream().map(Arrival::line).toList();
    }

    private RunResult run(KafkaBroker broker) {
        return ExampleRun.of(
                "quickstart/pipegraph.conf",
                session,
                Map.of(
                        "bootstrap-servers",
                        broker.bootstrapServers(),
                        "customers",
                        "quickstart/customers.csv",
                        "lake",
                        folder.resolve("lake").toString()));
    }

    private void assertTables() {
        Dataset<Row> events = session.read().parquet(lake("order_events"));
        assertThat(events.collectAsList().stream().map(QuickstartIT::event))
                .containsExactlyInAnyOrderElementsOf(expected.events());
        assertThat(events.filter("order_date <> to_date(updated_at)").count()).isZero();
        assertThat(Files.exists(Path.of(lake("order_events/order_date=2026-03-02"))))
                .isTrue();

        Map<Long, OrderEvent> orders = new HashMap<>();
        for (Row row : session.read().format("delta").load(lake("orders")).collectAsList()) {
            OrderEvent order = event(row);
            assertThat(orders.put(order.orderId(), order)).isNull();
            assertThat(Customers.csv())
                    .containsPattern("(?m)^" + order.customer() + ",.*," + row.getAs("segment") + "$");
        }
        assertThat(orders).isEqualTo(expected.orders());

        assertThat(rejected("etl = 'keep-every-event' AND stage = 'decode'"))
                .containsExactlyInAnyOrderElementsOf(expected.undecodable());
        assertThat(rejected("etl = 'current-state' AND stage = 'decode'"))
                .containsExactlyInAnyOrderElementsOf(expected.undecodable());
        assertThat(rejected("stage = 'expectation'")).containsExactlyInAnyOrderElementsOf(expected.withoutPrice());
    }

    /** The numbers of a run are what the records since the runs before it add. */
    private void assertNumbers(RunResult result, Counts keptBefore, Counts upsertedBefore) {
        EtlResult keep = result.etl("keep-every-event");
        assertThat(keep.batches()).isEqualTo(2);
        assertThat(counts(result, "keep-every-event").plus(keptBefore)).isEqualTo(expected.kept());
        assertThat(counts(result, "current-state").plus(upsertedBefore)).isEqualTo(expected.upserted());
        assertThat(keep.inputs().get(0).decoded())
                .isEqualTo(keep.outputs().get(0).rowsIn());
    }

    private static Counts counts(RunResult result, String etl) {
        return result.etl(etl).outputs().get(0).counts();
    }

    private static Counts since(Counts before, Counts now) {
        return new Counts(
                now.committed() - before.committed(),
                now.dropped() - before.dropped(),
                now.deadLettered() - before.deadLettered(),
                now.stale() - before.stale(),
                now.collapsed() - before.collapsed());
    }

    private static String words(Counts counts) {
        StringBuilder words = new StringBuilder(String.format(Locale.ROOT, "%,d rows committed", counts.committed()));
        Map<String, Long> others = new LinkedHashMap<>();
        others.put("dropped", counts.dropped());
        others.put("dead-lettered", counts.deadLettered());
        others.put("stale", counts.stale());
        others.put("collapsed", counts.collapsed());
        others.forEach(
                (fate, rows) -> words.append(rows == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", rows, fate)));
        return words.toString();
    }

    private List<String> rejected(String condition) {
        return session.read().parquet(lake("rejected")).filter(condition).select("value").collectAsList().stream()
                .map(row -> new String(row.<byte[]>getAs(0), StandardCharsets.UTF_8))
                .toList();
    }

    private String lake(String table) {
        return folder.resolve("lake").resolve(table).toString();
    }

    private static OrderEvent event(Row row) {
        return new OrderEvent(
                row.<Long>getAs("order_id"),
                row.getAs("customer"),
                row.getAs("status"),
                row.<BigDecimal>getAs("price"),
                row.<java.sql.Timestamp>getAs("updated_at").toInstant());
    }
}
