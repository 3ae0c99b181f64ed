package io.millrace.examples.flights;

import io.millrace.broker.KafkaBroker;
import io.millrace.cli.Demo;
import io.millrace.cli.DemoContext;
import io.millrace.config.MillraceException;
import java.nio.file.Path;

/** The tour through the flights: runs the pipegraph on the file that is in its folder, or on a topic into which it is sent, and looks at both tables. */
public final class Flights implements Demo {

    private static final String TOPIC = "flights";

    /** Called by {@link java.util.ServiceLoader}. */
    public Flights() {}

    @Override
    public String name() {
        return "flights";
    }

    @Override
    public void run(DemoContext context) {
        String way = context.argument().orElse("file");
        switch (way) {
            case "file" -> fromTheFile(context);
            case "kafka" -> throughKafka(context);
            default ->
                throw MillraceException.user(
                        "the flights can go by file, as they do where nothing is said, or by kafka, not by \"" + way
                                + "\"");
        }
    }

    private static void fromTheFile(DemoContext context) {
        String lake = "lake=" + context.work();
        context.say("Flights of three months lie in " + flights(context) + ". Two batch runs make two tables of them.");
        context.millrace("run", file(context, "pipegraph.conf"), "--set", "flights=" + flights(context), "--set", lake);
        look(context, lake);
    }

    private static void throughKafka(DemoContext context) {
        Path kafka = context.work().resolve("kafka");
        String lake = "lake=" + context.work().resolve("lake");
        context.say("A Kafka broker starts in this process. What it holds lies in " + kafka + ".");
        try (KafkaBroker broker = KafkaBroker.start(kafka)) {
            String servers = "bootstrap-servers=" + broker.bootstrapServers();
            broker.createTopic(TOPIC, 4);
            context.say("Flights of three months lie in " + flights(context) + ". They are sent to topic " + TOPIC
                    + ", which has four partitions.");
            context.millrace(
                    "run", file(context, "produce.conf"), "--set", servers, "--set", "flights=" + flights(context));
            context.say("Two streams make two tables of what is in the topic.");
            context.millrace("run", file(context, "kafka.conf"), "--set", servers, "--set", lake);
        }
        look(context, lake);
    }

    private static void look(DemoContext context, String lake) {
        context.say("All of them, in a folder for each month:");
        sql(
                context,
                "SELECT month, count(*) AS flights, round(avg(delay), 1) AS delay FROM flights GROUP BY month ORDER BY month",
                lake);
        context.say(
                "And the latest one of every route. Three flights from JFK to LAX departed in one minute: the one that arrived last is here.");
        sql(context, "SELECT * FROM latest_flights ORDER BY date DESC LIMIT 5", lake);
    }

    private static void sql(DemoContext context, String query, String lake) {
        context.millrace("sql", query, "--with", file(context, "pipegraph.conf"), "--set", lake);
    }

    private static Path flights(DemoContext context) {
        return context.example().resolve("flights.parquet");
    }

    private static String file(DemoContext context, String name) {
        return context.example().resolve(name).toString();
    }
}
