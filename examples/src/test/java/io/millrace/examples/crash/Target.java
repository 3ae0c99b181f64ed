package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What readers see in the folder of a crash test. */
record Target(SparkSession session, Path folder) {

    /** Every row is there once: in the events, in the orders and in the dead letters of both ETLs. */
    void assertComplete(Incoming incoming) {
        assertThat(events()).isEqualTo(incoming.good());
        assertThat(orders()).hasValue(incoming.lastState());
        List<String> broken = incoming.broken().stream().sorted().toList();
        assertThat(undecodable("keep")).isEqualTo(broken);
        assertThat(undecodable("upsert")).isEqualTo(broken);
        assertThat(unmet())
                .isEqualTo(incoming.bad().stream().map(Event::json).sorted().toList());
    }

    /** Returns what lies in the Parquet entity, by id. */
    List<Event> events() {
        return session.read().parquet(folder.resolve("events").toString()).collectAsList().stream()
                .map(Event::of)
                .sorted(Comparator.comparingLong(Event::eventId))
                .toList();
    }

    /** Returns what the Delta entity holds now, by order; empty where there is no table yet. */
    Optional<Map<Long, Event>> orders() {
        return version().isEmpty()
                ? Optional.empty()
                : Optional.of(byOrder(session.read().format("delta").load(table())));
    }

    /** Returns what each version of the Delta entity held, by order. */
    List<Map<Long, Event>> history() {
        List<Map<Long, Event>> history = new ArrayList<>();
        long newest = version().orElseThrow();
        for (long version = 0; version <= newest; version++) {
            history.add(byOrder(session.read()
                    .format("delta")
                    .option("versionAsOf", version)
                    .load(table())));
        }
        return history;
    }

    /** Returns the table's newest version, from the names in its log. */
    private OptionalLong version() {
        Path log = folder.resolve("orders/_delta_log");
        if (!Files.isDirectory(log)) {
            return OptionalLong.empty();
        }
        try (Stream<Path> files = Files.list(log)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{20}\\.json"))
                    .mapToLong(name -> Long.parseLong(name.substring(0, 20)))
                    .max();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String table() {
        return folder.resolve("orders").toString();
    }

    private static Map<Long, Event> byOrder(Dataset<Row> rows) {
        Map<Long, Event> orders = new HashMap<>();
        for (Row row : rows.collectAsList()) {
            Event event = Event.of(row);
            assertThat(orders.put(event.orderId(), event))
                    .as("a second row of order " + event.orderId())
                    .isNull();
        }
        return orders;
    }

    private List<String> undecodable(String etl) {
        return originals("stage = 'decode' AND etl = '" + etl + "'");
    }

    private List<String> unmet() {
        return originals("stage = 'expectation' AND etl = 'keep'");
    }

    private List<String> originals(String condition) {
        return session
                .read()
                .parquet(folder.resolve("rejected").toString())
                .filter(condition)
                .select("value")
                .collectAsList()
                .stream()
                .map(row -> new String(row.<byte[]>getAs(0), StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }
}
