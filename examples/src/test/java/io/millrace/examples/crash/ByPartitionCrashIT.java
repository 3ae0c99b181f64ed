package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.KafkaBroker;
import io.millrace.cli.Main;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs by partition and job managers that are killed as by {@code kill -9}: what they leave is gone on with, and each partition is there once. */
@Tag("processes")
@ExtendWith(MillraceSession.class)
class ByPartitionCrashIT {

    private static final int KILLS = Integer.getInteger("millrace.kills", 3);
    private static final int DAYS = Math.max(3, KILLS / 3);
    private static final int PARTITIONS = 4;
    private static final int ROWS = 200;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Random random = new Random(2411);
    private final SparkSession session;
    private final Path folder;

    ByPartitionCrashIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @Test
    void eachPartitionIsThereOnceHoweverOftenTheRunDied() throws Exception {
        backUp();
        Path file = pipegraph();
        String[] command = {
            "run",
            file.toString(),
            "--dates",
            "2024-01-01.." + day(DAYS),
            "--by-partition",
            "--max-concurrent",
            "2",
            "--json"
        };
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildJvm run = ChildJvm.start(Main.class, command)) {
                run.awaitLine("\"type\":", LIMIT);
                Thread.sleep(random.nextInt(4_000));
                run.kill();
            }
        }
        try (ChildJvm last = ChildJvm.start(Main.class, command)) {
            assertThat(last.awaitExit(LIMIT)).as("exit code; %s", last.output()).isZero();
        }
        assertThatEachIsThereOnce();
    }

    @Test
    void eachJobIsDoneOnceHoweverOftenTheJobManagerDied() throws Exception {
        backUp();
        Path file = pipegraph();
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("kafka"))) {
            broker.createTopic("jobs", 2);
            broker.createTopic("jobs-dead-letters", 1);
            for (int day = 1; day <= DAYS; day++) {
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    broker.send(
                            "jobs",
                            List.of("{\"model\":\"io.millrace.examples.crash.SlowCopy\",\"config\":{\"file\":\"" + file
                                    + "\",\"date\":\"" + day(day) + "\",\"partitions\":\"" + partition + "\"}}"));
                }
            }
            String[] command = {
                "job-manager",
                "--job-brokers",
                broker.bootstrapServers(),
                "--job-topic",
                "jobs",
                "--max-concurrent",
                "2",
                "--json",
                "--job-kafka",
                "session.timeout.ms=6000",
                "--job-kafka",
                "heartbeat.interval.ms=1500"
            };
            for (int kill = 0; kill < KILLS; kill++) {
                try (ChildJvm manager = ChildJvm.start(Main.class, command)) {
                    manager.awaitLine("\"type\":", LIMIT);
                    Thread.sleep(random.nextInt(4_000));
                    manager.kill();
                }
                if (kill == KILLS - 1) {
                    broker.send("jobs", List.of("{\"stop\": true}", "{\"stop\": true}"));
                }
            }
            do {
                try (ChildJvm last = ChildJvm.start(Main.class, command)) {
                    assertThat(last.awaitExit(LIMIT))
                            .as("exit code; %s", last.output())
                            .isZero();
                }
                broker.send("jobs", List.of("{\"stop\": true}", "{\"stop\": true}"));
            } while (counts().size() < DAYS * PARTITIONS);
            assertThat(broker.read("jobs-dead-letters")).isEmpty();
        }
        assertThatEachIsThereOnce();
    }

    private void assertThatEachIsThereOnce() {
        Map<String, Long> expected = new TreeMap<>();
        for (int day = 1; day <= DAYS; day++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                expected.put(day(day) + " " + partition, (long) ROWS);
            }
        }
        assertThat(counts()).isEqualTo(expected);
        assertThat(copy().select("id", "day").distinct().count()).isEqualTo((long) ROWS * PARTITIONS * DAYS);
    }

    private org.apache.spark.sql.Dataset<Row> copy() {
        session.catalog().clearCache();
        return session.read().parquet(folder.resolve("copy").toString());
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        if (Files.exists(folder.resolve("copy"))) {
            copy().groupBy("day", "kafka_partition")
                    .count()
                    .collectAsList()
                    .forEach(row -> counts.put(row.get(0) + " " + row.get(1), row.getLong(2)));
        }
        return counts;
    }

    private static String day(int day) {
        return String.format(java.util.Locale.ROOT, "2024-01-%02d", day);
    }

    private void backUp() throws IOException {
        Path backup = Files.createDirectories(folder.resolve("backup"));
        for (int day = 1; day <= DAYS; day++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                int first = partition * ROWS;
                Files.write(
                        backup.resolve(day(day) + "-" + partition + "-1706011200000.json"),
                        Stream.iterate(first, id -> id + 1)
                                .limit(ROWS)
                                .map(id -> "{\"id\":" + id + "}")
                                .toList());
            }
        }
    }

    private Path pipegraph() throws IOException {
        return Files.writeString(
                folder.resolve("copy.conf"),
                """
                pipegraph {
                  name = copy, state = "%1$s/state"
                  models {
                    events { product = backup, value { path = "%1$s/backup", schema = "id BIGINT", partition-column = kafka_partition } }
                    copy { product = files, value { path = "%1$s/copy", partition-by = [day, kafka_partition], save-mode = overwrite, overwrite = dynamic } }
                  }
                  etls = [ { name = copy, inputs { events = events }, output = copy
                    steps = [ { name = slow, strategy = "io.millrace.examples.crash.SlowCopy" }, { name = written, sql = "SELECT *, :run_date AS day FROM slow" } ] } ]
                }
                """
                        .formatted(folder));
    }
}
