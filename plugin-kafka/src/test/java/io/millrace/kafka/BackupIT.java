package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.KafkaCluster;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.PipegraphRunner;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.spi.Slice;
import io.millrace.testkit.MillraceKafka;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A topic is written into files by day and partition, and these are read again. */
@ExtendWith({MillraceSession.class, MillraceKafka.class})
class BackupIT {

    private static final long NOON = 1_706_011_200_000L; // 2024-01-23T12:00:00Z
    private static final long DAY = 86_400_000;
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 23);

    private final SparkSession spark;
    private final KafkaCluster broker;
    private final String topic = MillraceKafka.topic("unique");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    BackupIT(SparkSession spark, KafkaCluster broker) {
        this.spark = spark;
        this.broker = broker;
        broker.createTopic(topic, 3);
    }

    @Test
    void eachEventIsInAFileOfItsDayAndPartitionAndIsReadFromThere() throws IOException {
        writesAndReads(
                "{partition}-{kafkaPartition}-{currentTimestamp}.json",
                "gzip",
                "2024-01-2[34]-\\d-\\d{13}\\.json\\.gz");
    }

    @Tag("thorough")
    @ParameterizedTest
    @CsvSource({
        "{kafkaPartition}/{partition}-{currentTimestamp}.json, '\\d/2024-01-2[34]-\\d{13}\\.json'",
        "{partition}/{kafkaPartition}-{currentTimestamp}.json, '2024-01-2[34]/\\d-\\d{13}\\.json'",
        "{topic}/{partition}/{kafkaPartition}/{generation}-{fmOffset}.json, 'unique[^/]*/2024-01-2[34]/\\d/1-\\d+\\.json'",
    })
    void filesMayBeCalledOtherwise(String pattern, String names) throws IOException {
        writesAndReads(pattern, "", names);
    }

    private void writesAndReads(String pattern, String compression, String names) throws IOException {
        send(0, 40);
        String settings = "file-pattern = \"" + pattern + "\""
                + (compression.isEmpty() ? "" : ", options { compression = " + compression + " }");
        backUp(settings);
        backUp(settings);

        List<String> files = files();
        assertThat(files).allMatch(name -> name.matches(names), names).hasSize(6);
        assertThat(read(settings, new Slice(FIRST, List.of(), null))).isEqualTo(events(0, 40, 0, List.of(0, 1, 2)));
        assertThat(read(settings, new Slice(FIRST.plusDays(1), List.of(1, 2), null)))
                .isEqualTo(events(0, 40, 1, List.of(1, 2)));

        send(40, 50);
        backUp(settings);
        assertThat(files()).hasSize(12);
        assertThat(read(settings + ", start-date = 2024-01-22, end-date = 2024-01-24", Slice.ALL))
                .isEqualTo(Stream.concat(
                                events(0, 50, 0, List.of(0, 1, 2)).stream(),
                                events(0, 50, 1, List.of(0, 1, 2)).stream())
                        .sorted()
                        .toList());
    }

    @Tag("thorough")
    @Test
    void aFileIsFollowedByAnotherWhenItIsFullAndKeepsTheOrderOfOffsets() throws IOException {
        send(0, 300);
        String settings = "max-file-size = 1024B, file-pattern = \"{partition}-{kafkaPartition}-{fmOffset}.json\"";
        backUp(settings);

        TreeMap<Long, List<String>> ofPartition = new TreeMap<>();
        for (String name : files()) {
            assertThat(Files.size(folder.resolve("backup").resolve(name))).isLessThanOrEqualTo(1024);
            if (name.startsWith("2024-01-23-1-")) {
                ofPartition.put(
                        Long.valueOf(name.substring("2024-01-23-1-".length(), name.indexOf(".json"))),
                        Files.readAllLines(folder.resolve("backup").resolve(name)));
            }
        }
        assertThat(ofPartition).hasSize(3);
        assertThat(ofPartition.values().stream().flatMap(List::stream).toList())
                .isEqualTo(IntStream.range(0, 300)
                        .filter(id -> id % 3 == 1 && id % 2 == 0)
                        .mapToObj(BackupIT::event)
                        .toList());
    }

    @Tag("thorough")
    @Test
    void theDayIsThatOfTheEventOrElseOfNowAndALineBreakIsABlank() throws IOException {
        send(0, "{\"mid\": \"a\", \"@timestamp\": \"2024-01-25T23:59:59.999Z\"}");
        send(0, "{\"mid\": \"b\",\n  \"syncts\": 1.7060112E12}");
        send(0, "no JSON");
        backUp("");

        String today = LocalDate.now(java.time.ZoneOffset.UTC).toString();
        assertThat(files())
                .extracting(name -> name.substring(0, 12))
                .containsExactly("2024-01-23-0", "2024-01-25-0", today + "-0");
        assertThat(Files.readAllLines(folder.resolve("backup").resolve(files().get(0))))
                .containsExactly("{\"mid\":\"b\",\"syncts\":1.7060112E12}");
        assertThat(Files.readAllLines(folder.resolve("backup").resolve(files().get(2))))
                .containsExactly("no JSON");
    }

    @Test
    void whatCannotBeKeptFailsTheBatchAndNothingIsWritten() throws IOException {
        send(0, "{\"mid\": \"a\"}");
        send(0, "two\nlines");

        assertThatThrownBy(() -> backUp(""))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("cannot keep a record: the one at " + topic
                        + "/0/1 has a line break and is no JSON, so that it cannot be one line; keep it aside by an"
                        + " expectation");
        assertThat(files()).isEmpty();
    }

    @Test
    void filesOfOtherToolsAreReadAsWholeDaysAndFiltersAndOrderHold() throws IOException {
        Path backup = Files.createDirectories(folder.resolve("backup"));
        Files.writeString(
                backup.resolve("2024-01-23-1706011200000.json"), event(1) + "\n" + event(2) + "\n{\"mid\": \n");
        Files.writeString(backup.resolve("2024-01-23-2-1706011200000.json"), event(5) + "\n");
        Files.writeString(backup.resolve("2024-01-24-2-1706011200000.json"), event(8) + "\n");

        assertThat(read("", Slice.of(FIRST))).containsExactlyInAnyOrder(event(1), event(2), event(5), "{\"mid\": ");
        assertThat(read("", new Slice(FIRST, List.of(2), null))).containsExactly(event(5));
        assertThat(read("", new Slice(FIRST, List.of(0), null))).isEmpty();
        assertThat(
                        columns(
                                "filters = [ { column = did, operator = NIN, value = [d2, d9] }, { column = mid, operator = ISNOTNULL } ], sort = [ { column = mid, order = desc } ]"))
                .containsExactly("m5", "m1");
        assertThat(columns("filters = [ { column = syncts, operator = RANGE, value = [" + (NOON + DAY) + ", "
                        + (NOON + 3 * DAY) + "] } ]"))
                .containsExactlyInAnyOrder("m1", "m5");
    }

    @Test
    void daysWithoutFilesAndSettingsThatDoNotFitAreRefused() throws IOException {
        Files.createDirectories(folder.resolve("backup"));
        assertThatThrownBy(() -> read("", Slice.of(FIRST)))
                .hasMessageContaining(
                        "the backup in " + folder
                                + "/backup, files {partition}-{kafkaPartition}-{currentTimestamp}.json, has no files of 2024-01-23");
        assertThatThrownBy(() -> read("", Slice.ALL))
                .hasMessageContaining("which days of the backup in " + folder + "/backup are to be read is not said,"
                        + " and not all of them are listed: run for a date (--date 2024-01-03), or write start-date and"
                        + " end-date into the model");
        assertThatThrownBy(() -> plan(
                        "file-pattern = \"{kafkaPartition}-{hour}.json\", start-date = 2024-01-24, end-date = 2024-01-23,"
                                + " filters = [ { column = midd, operator = RANGE, value = 1 } ], schema = \"mid STRING\"",
                        true))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("does not know {hour}; it may have {partition} (the day of the events)")
                .hasMessageContaining("needs {partition}, the day of the events: files are fetched by it")
                .hasMessageContaining(
                        "needs {currentTimestamp} or {fmOffset}: without them two files of a day have one name")
                .hasMessageContaining("2024-01-23 is before start-date, 2024-01-24")
                .hasMessageContaining("RANGE takes two values, not 1")
                .hasMessageContaining("\"midd\" is not a column; did you mean \"mid\"?");
    }

    private static String event(int id) {
        return "{\"mid\":\"m" + id + "\",\"did\":\"d" + id + "\",\"syncts\":" + (NOON + (id % 2) * DAY) + "}";
    }

    private static List<String> events(int from, int to, int day, List<Integer> partitions) {
        return IntStream.range(from, to)
                .filter(id -> id % 2 == day && partitions.contains(id % 3))
                .mapToObj(BackupIT::event)
                .sorted()
                .toList();
    }

    private void send(int from, int to) {
        broker.send(IntStream.range(from, to)
                .mapToObj(id -> new ProducerRecord<byte[], byte[]>(
                        topic, id % 3, null, event(id).getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    private void send(int partition, String value) {
        broker.send(List.of(
                new ProducerRecord<byte[], byte[]>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8))));
    }

    private List<String> files() throws IOException {
        Path backup = folder.resolve("backup");
        if (!Files.exists(backup)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(backup)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> backup.relativize(file).toString())
                    .filter(name -> !name.startsWith("_") && !name.contains("/.") && !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private void backUp(String settings) {
        new PipegraphRunner(spark, plan(settings, false), RunRequest.all(), RunListener.NONE).run();
    }

    private List<String> read(String settings, Slice slice) {
        run((settings.isEmpty() ? "" : settings + ", ") + "format = text", slice);
        return texts("fetched");
    }

    /** Returns the ids in the order in which they were written. */
    private List<String> columns(String settings) throws IOException {
        run(settings + ", schema = \"mid STRING, did STRING, syncts BIGINT\"", Slice.of(FIRST));
        List<String> ids = new ArrayList<>();
        try (Stream<Path> parts = Files.list(folder.resolve("fetched"))) {
            for (Path part : parts.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList()) {
                ids.addAll(Files.readAllLines(part));
            }
        }
        return ids;
    }

    private void run(String settings, Slice slice) {
        new PipegraphRunner(spark, plan(settings, true), RunRequest.of(slice), RunListener.NONE).run();
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Row row : spark.read().text(folder.resolve(name).toString()).collectAsList()) {
            texts.add(row.getString(0));
        }
        return texts.stream().sorted().toList();
    }

    private PipegraphPlan plan(String settings, boolean fetch) {
        boolean text = settings.contains("format = text");
        String etl = fetch
                ? "[ { name = fetch, inputs { events = backup }, output = fetched, dead-letters = rejected, steps = [ { name = chosen, sql = \"SELECT "
                        + (text ? "value" : "mid AS value") + " FROM events\" } ] } ]"
                : "[ { name = back-up, inputs { events = unique }, output = backup, trigger = available-now } ]";
        String config =
                """
                pipegraph {
                  name = backup
                  state = "%1$s/state-%6$s"
                  models {
                    unique { product = kafka, value { bootstrap-servers = "%2$s", topic = %3$s, decode { format = string } } }
                    backup { product = backup, value { path = "%1$s/backup"%4$s } }
                    fetched { product = files, value { path = "%1$s/fetched", format = text, save-mode = overwrite } }
                    rejected { product = files, value { path = "%1$s/rejected", format = json } }
                  }
                  etls = %5$s
                }
                """
                        .formatted(
                                folder,
                                broker.bootstrapServers(),
                                topic,
                                settings.isEmpty() ? "" : ", " + settings,
                                etl,
                                fetch);
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("backup.conf", config)));
    }
}
