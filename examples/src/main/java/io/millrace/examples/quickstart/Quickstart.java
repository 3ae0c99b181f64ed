package io.millrace.examples.quickstart;

import io.millrace.broker.KafkaBroker;
import io.millrace.cli.Demo;
import io.millrace.cli.DemoContext;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The quickstart's tour. Each call sends the next day of orders, runs the pipegraph on what is new, and looks at what came of it. */
public final class Quickstart implements Demo {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM", Locale.ENGLISH);
    private static final Path EXAMPLE_IN_THE_FILE = Path.of("examples", "quickstart");
    private static final Path FOLDER_IN_THE_FILE = Path.of(".millrace", "demo", "quickstart");

    /** Called by {@link java.util.ServiceLoader}. */
    public Quickstart() {}

    @Override
    public String name() {
        return "quickstart";
    }

    @Override
    public boolean continues() {
        return true;
    }

    @Override
    public void run(DemoContext context) {
        context.say("A Kafka broker starts in this process. What it holds lies in " + kafka(context) + ".");
        try (KafkaBroker broker = KafkaBroker.start(kafka(context))) {
            OrderTopic.Sent sent = new OrderTopic(broker).sendNextDay();
            context.say(String.format(
                    Locale.ROOT,
                    "%s. A shop's systems have sent %,d order events to topic %s.%n"
                            + "As on any day, some come late, some twice, and some are broken.",
                    sent.day().format(DAY),
                    sent.records(),
                    OrderTopic.NAME));
            context.millrace(ofRun(context, broker), "run", file(context));
            context.say(
                    """
                    What became of the records:
                      dead-lettered  they are no JSON, or not of the schema (undecodable); or they have no price, which keep-every-event expects
                      dropped        no price, in current-state: the other ETL has put them aside already
                      collapsed      there were several events of one order in one batch, or one event twice: the newest is taken
                      stale          they came late: the table held a newer state of the order already, and keeps it""");
        }
        look(context);
        goOn(context);
    }

    private static void look(DemoContext context) {
        context.say("Every event, as Parquet, in a folder for each day on which something happened:");
        sql(
                context,
                "SELECT order_date, count(*) AS events, count(DISTINCT order_id) AS orders FROM order_events GROUP BY order_date ORDER BY order_date");
        context.say(
                "Every order once, in its newest state, as a Delta table. The last ones, and all of them by segment:");
        sql(context, "SELECT * FROM orders ORDER BY updated_at DESC LIMIT 5");
        sql(
                context,
                "SELECT segment, count(*) AS orders, sum(price) AS revenue FROM orders GROUP BY segment ORDER BY segment");
        context.say("The dead letters, with the record as it came, so that it can be put right and sent again:");
        sql(
                context,
                "SELECT etl, reason_code, count(*) AS records, any_value(reason) AS reason, any_value(string(value)) AS value FROM rejected GROUP BY etl, reason_code ORDER BY etl, reason_code");
    }

    private static void goOn(DemoContext context) {
        context.say(
                """
                Where things are:
                  the pipegraph, to be read first       %1$s
                  the broker's topic                    %2$s
                  both tables and the dead letters      %3$s

                What to try next:
                  the next day: only what is new is read   ./millrace demo
                  what a run would do, and why             ./millrace plan %1$s
                  break something in that file, and then   ./millrace check %1$s
                  a topic of your own                      ./millrace run %1$s --set bootstrap-servers=HOST:PORT --set topic=TOPIC --set lake=DIR
                  batch runs, with ties                    ./millrace demo flights"""
                        .formatted(file(context), kafka(context), lake(context)));
    }

    private static void sql(DemoContext context, String query) {
        context.millrace(setLake(context), "sql", query, "--with", file(context));
    }

    private static List<String> ofRun(DemoContext context, KafkaBroker broker) {
        List<String> set = new ArrayList<>(List.of("bootstrap-servers=" + broker.bootstrapServers()));
        if (!context.example().equals(EXAMPLE_IN_THE_FILE)) {
            set.add("customers=" + context.example().resolve("customers.csv"));
        }
        set.addAll(setLake(context));
        return set;
    }

    private static List<String> setLake(DemoContext context) {
        return context.work().equals(FOLDER_IN_THE_FILE) ? List.of() : List.of("lake=" + lake(context));
    }

    private static String file(DemoContext context) {
        return context.example().resolve("pipegraph.conf").toString();
    }

    private static Path kafka(DemoContext context) {
        return context.work().resolve("kafka");
    }

    private static Path lake(DemoContext context) {
        return context.work().resolve("lake");
    }
}
