package io.millrace.examples.workflowsummary;

import io.millrace.broker.KafkaBroker;
import io.millrace.cli.Demo;
import io.millrace.cli.DemoContext;
import io.millrace.examples.workflowsummary.TelemetryGenerator.Message;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The tour: telemetry with duplicates and garbage into a topic, sorted out, backed up, summed up partition by partition, and replayed. */
public final class WorkflowSummaryDemo implements Demo {

    private static final LocalDate DAY = LocalDate.of(2024, 1, 23);
    private static final int PARTITIONS = 4;
    private static final int DEVICES = 40;

    /** Called by {@link java.util.ServiceLoader}. */
    public WorkflowSummaryDemo() {}

    @Override
    public String name() {
        return "workflow-summary";
    }

    @Override
    public void run(DemoContext context) {
        context.say("A Kafka broker starts in this process.");
        try (KafkaBroker broker = KafkaBroker.start(context.work().resolve("kafka"))) {
            int devices = context.argument().map(Integer::valueOf).orElse(DEVICES);
            List<Message> messages = new TelemetryGenerator(7, devices, DAY).messages();
            send(broker, messages);
            context.say(String.format(
                    Locale.ROOT,
                    "%,d messages of %,d devices are in topic telemetry.raw: events, some of them twice, and some that broke off. They"
                            + " are sorted out: each event once, keyed by its device, into telemetry.unique.",
                    messages.size(),
                    devices));
            String lake = context.work().resolve("lake").toString();
            String brokers = broker.bootstrapServers();
            List<String> set = List.of("bootstrap-servers=" + brokers, "lake=" + lake);
            String deduplication = context.example().resolve("dedup.conf").toString();
            String product = context.example().resolve("by-partition.conf").toString();
            context.millrace(set, "run", deduplication);
            context.say(count(broker, "telemetry.unique") + " unique, " + count(broker, "telemetry.duplicate")
                    + " duplicate, " + count(broker, "telemetry.malformed")
                    + " malformed. The unique ones are backed up, in files by day and partition:");
            context.millrace(
                    "backup",
                    "--brokers",
                    brokers,
                    "--topic",
                    "telemetry.unique",
                    "--path",
                    lake + "/backup",
                    "--gzip",
                    "--once");
            context.say("Which files would a run of each partition read?");
            String[] submit = {
                "submit",
                "--model",
                "wfs",
                "--type",
                "via-partition",
                "--config",
                product,
                "--start-date",
                DAY.toString()
            };
            context.millrace(set, with(submit, "--dry-run"));
            context.say(
                    "They are summed up, two partitions at once, and the summaries sent to a topic, keyed by device:");
            context.millrace(set, with(submit, "--parallelisation", "2"));
            context.millrace(
                    set,
                    "sql",
                    "SELECT key AS device, count(*) AS summaries FROM dispatched GROUP BY key ORDER BY key LIMIT 5",
                    "--with",
                    product);
            context.say("Once more: everything is done, so nothing is run.");
            context.millrace(set, submit);
            context.say("The backup is replayed into an empty topic:");
            context.millrace(
                    "replay",
                    "--from",
                    DAY.toString(),
                    "--source",
                    lake + "/backup",
                    "--brokers",
                    brokers,
                    "--topic",
                    "telemetry.replayed",
                    "--key",
                    "did");
            context.say(compared(broker));
        }
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
    }

    private static void send(KafkaBroker broker, List<Message> messages) {
        Stream.of("telemetry.raw", "telemetry.unique", "summaries", "telemetry.replayed")
                .forEach(topic -> broker.createTopic(topic, PARTITIONS));
        Stream.of("telemetry.duplicate", "telemetry.malformed").forEach(topic -> broker.createTopic(topic, 1));
        broker.send(messages.stream()
                .map(message -> new ProducerRecord<>(
                        "telemetry.raw",
                        message.device().getBytes(StandardCharsets.UTF_8),
                        message.text().getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    private static String count(KafkaBroker broker, String topic) {
        return String.format(Locale.ROOT, "%,d", broker.read(topic).size());
    }

    /** Says whether the replayed topic has what the backed up one has, in the same partitions. */
    private static String compared(KafkaBroker broker) {
        Map<Integer, Set<String>> before = byPartition(broker.read("telemetry.unique"));
        Map<Integer, Set<String>> after = byPartition(broker.read("telemetry.replayed"));
        if (!before.equals(after)) {
            throw new IllegalStateException("the replayed topic differs from the one that was backed up");
        }
        return "Topic telemetry.replayed has what telemetry.unique has: "
                + after.values().stream().mapToInt(Set::size).sum()
                + " events, each with its key and in its partition.";
    }

    private static Map<Integer, Set<String>> byPartition(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::partition,
                        Collectors.mapping(
                                record -> text(record.key()) + " " + text(record.value()), Collectors.toSet())));
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
