package io.millrace.examples.flights;

import io.millrace.cli.Demo;
import io.millrace.cli.DemoContext;
import java.nio.file.Path;

/** The tour through the flights: runs the pipegraph on the file that is in its folder, and looks at both tables. */
public final class Flights implements Demo {

    /** Called by {@link java.util.ServiceLoader}. */
    public Flights() {}

    @Override
    public String name() {
        return "flights";
    }

    @Override
    public void run(DemoContext context) {
        String file = context.example().resolve("pipegraph.conf").toString();
        Path flights = context.example().resolve("flights.parquet");
        String source = "flights=" + flights;
        String lake = "lake=" + context.work();

        context.say("Flights of three months lie in " + flights + ". Two batch runs make two tables of them.");
        context.millrace("run", file, "--set", source, "--set", lake);
        context.say("All of them, in a folder for each month:");
        sql(
                context,
                "SELECT month, count(*) AS flights, round(avg(delay), 1) AS delay FROM flights GROUP BY month ORDER BY month",
                file,
                lake);
        context.say(
                "And the latest one of every route. Three flights from JFK to LAX departed in one minute: the one that arrived last is here.");
        sql(context, "SELECT * FROM latest_flights ORDER BY date DESC LIMIT 5", file, lake);
    }

    private static void sql(DemoContext context, String query, String file, String lake) {
        context.millrace("sql", query, "--with", file, "--set", lake);
    }
}
