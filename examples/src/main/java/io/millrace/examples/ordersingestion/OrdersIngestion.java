package io.millrace.examples.ordersingestion;

import io.millrace.broker.KafkaBroker;
import io.millrace.broker.RegistryServer;
import io.millrace.cli.Demo;
import io.millrace.cli.DemoContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The tour: messages good and bad into a topic, what becomes of them, and those sent through again whose schema came late. */
public final class OrdersIngestion implements Demo {

    private static final String TOPIC = "dev.orders";

    /** Called by {@link java.util.ServiceLoader}. */
    public OrdersIngestion() {}

    @Override
    public String name() {
        return "orders-ingestion";
    }

    @Override
    public void run(DemoContext context) {
        context.say("A Kafka broker starts in this process, and a schema registry beside it.");
        try (KafkaBroker broker = KafkaBroker.start(context.work().resolve("kafka"));
                RegistryServer registry = RegistryServer.start(context.work().resolve("registry.log"))) {
            Messages messages = Messages.forRegistry(registry);
            send(broker, messages);
            context.say(String.format(
                    Locale.ROOT,
                    "%,d messages are in topic %s: %,d orders, and %d others, such as one without a header, one that breaks off, a"
                            + " payment, a tombstone.%n%d of them are orders, too, but their schema is not registered yet.",
                    messages.values().size(),
                    TOPIC,
                    messages.good(),
                    messages.values().size() - messages.good(),
                    messages.early()));
            List<String> set = List.of(
                    "bootstrap-servers=" + broker.bootstrapServers(),
                    "registry=" + registry.url(),
                    "lake=" + context.work().resolve("lake"));
            String file = context.example().resolve("pipegraph.conf").toString();
            context.millrace(set, "run", file);
            context.say("The orders, with where each comes from:");
            context.millrace(
                    set,
                    "sql",
                    "SELECT schema_id, count(*) AS orders, sum(price) AS revenue FROM raw GROUP BY schema_id",
                    "--with",
                    file);
            context.millrace(
                    set,
                    "sql",
                    "SELECT key, offset, order_id, description, products FROM raw ORDER BY order_id LIMIT 3",
                    "--with",
                    file);
            context.say("The dead letters, counted, and one by one:");
            context.millrace(set, "dlq", "list", file);
            context.millrace(set, "dlq", "show", file, "--reason", "UNKNOWN_SCHEMA_ID", "--limit", "3");

            int id = registry.register(Messages.SUBJECT, OrderSchema.WITH_CURRENCY);
            context.say("The shop registers the schema that was missing: it is schema " + id
                    + ", with a currency. Now its orders can be read; they are sent through again:");
            context.millrace(set, "dlq", "replay", file, "--etl", "ingest", "--reason", "UNKNOWN_SCHEMA_ID");
            context.millrace(set, "dlq", "list", file);
            context.millrace(
                    set,
                    "sql",
                    "SELECT offset, schema_id, order_id, description, price FROM raw WHERE order_id > 2000 ORDER BY order_id",
                    "--with",
                    file);
            context.say(
                    """
                    The one that is left with an unknown id was written for another registry: no schema will come for it.

                    What to try next:
                      a topic and a registry of your own   ./millrace run %1$s --set bootstrap-servers=HOST:PORT --set registry=URL --set topic=TOPIC --set lake=DIR
                      what each reason means               docs/dead-letters.md"""
                            .formatted(file));
        }
    }

    private static void send(KafkaBroker broker, Messages messages) {
        broker.createTopic(TOPIC, 2);
        broker.send(IntStream.range(0, messages.values().size())
                .mapToObj(i -> new ProducerRecord<>(
                        TOPIC,
                        ("product" + i % 2).getBytes(StandardCharsets.UTF_8),
                        messages.values().get(i)))
                .toList());
    }
}
