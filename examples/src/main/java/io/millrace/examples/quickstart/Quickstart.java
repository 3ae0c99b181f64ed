package io.millrace.examples.quickstart;

import io.millrace.cli.Demo;
import io.millrace.cli.DemoContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The quickstart's tour. Each call delivers the next day of orders, runs the pipegraph on what is new, and looks at what came of it. */
public final class Quickstart implements Demo {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM", Locale.ENGLISH);
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
    public void run(DemoContext context) throws IOException {
        String file = context.example().resolve("pipegraph.conf").toString();
        List<String> set =
                context.work().endsWith(FOLDER_IN_THE_FILE) && !context.work().isAbsolute()
                        ? List.of()
                        : List.of("--set", "folder=" + context.work());

        deliver(context);
        millrace(context, set, "run", file);
        context.say(
                """
                What became of the lines:
                  dead-lettered  they are no JSON, or not of the schema (undecodable); or they have no price, which keep-every-event expects
                  dropped        no price, in current-state: the other ETL has put them aside already
                  collapsed      there were several events of one order in one batch, or one event twice: the newest is taken
                  stale          they came late: the table held a newer state of the order already, and keeps it""");

        context.say("Every event, as Parquet, in a folder for each day on which something happened:");
        millrace(
                context,
                set,
                "sql",
                "SELECT order_date, count(*) AS events, count(DISTINCT order_id) AS orders FROM order_events GROUP BY order_date ORDER BY order_date",
                "--with",
                file);
        context.say(
                "Every order once, in its newest state, as a Delta table. The last ones, and all of them by segment:");
        millrace(context, set, "sql", "SELECT * FROM orders ORDER BY updated_at DESC LIMIT 5", "--with", file);
        millrace(
                context,
                set,
                "sql",
                "SELECT segment, count(*) AS orders, sum(price) AS revenue FROM orders GROUP BY segment ORDER BY segment",
                "--with",
                file);
        context.say("The dead letters, with the line as it came, so that it can be put right and sent again:");
        millrace(
                context,
                set,
                "sql",
                "SELECT etl, reason_code, count(*) AS lines, any_value(reason) AS reason, any_value(string(value)) AS line FROM rejected GROUP BY etl, reason_code ORDER BY etl, reason_code",
                "--with",
                file);
        goOn(context, file);
    }

    private static void deliver(DemoContext context) throws IOException {
        Path incoming = context.work().resolve("incoming");
        OrderFiles orders = new OrderFiles(incoming.resolve("orders"));
        int day = orders.days();
        List<Path> files = orders.deliver(day);
        Files.writeString(incoming.resolve("customers.csv"), Customers.csv());
        long lines = 0;
        for (Path file : files) {
            lines += Files.readAllLines(file).size();
        }
        context.say(String.format(
                Locale.ROOT,
                "%s. A shop's systems have delivered %d files with %,d lines into %s.%n"
                        + "As on any day, some lines come late, some twice, and some are broken.",
                OrderFiles.date(day).format(DAY),
                files.size(),
                lines,
                incoming.resolve("orders")));
    }

    private static void goOn(DemoContext context, String file) {
        context.say(
                """
                Where things are:
                  the pipegraph, to be read first       %1$s
                  what arrived                          %2$s
                  both tables and the dead letters      %3$s

                What to try next:
                  the next day: only what is new is read   ./millrace demo
                  what a run would do, and why             ./millrace plan %1$s
                  break something in that file, and then   ./millrace check %1$s
                  batch runs, with ties                    ./millrace demo flights"""
                        .formatted(
                                file,
                                context.work().resolve("incoming"),
                                context.work().resolve("lake")));
    }

    private static void millrace(DemoContext context, List<String> set, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(set);
        context.millrace(all.toArray(String[]::new));
    }
}
