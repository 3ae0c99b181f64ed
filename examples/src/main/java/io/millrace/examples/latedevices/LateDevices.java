package io.millrace.examples.latedevices;

import io.millrace.cli.Demo;
import io.millrace.cli.DemoContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** The tour: a week of devices, rows that come late, and what is run again because of them, in three ways. */
public final class LateDevices implements Demo {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

    /** Called by {@link java.util.ServiceLoader}. */
    public LateDevices() {}

    @Override
    public String name() {
        return "late-devices";
    }

    @Override
    public void run(DemoContext context) throws IOException {
        Path week = context.work().resolve("week");
        context.say("A week of devices is loaded, 100 a day: each day is a commit of the table, versions 0 to 6.");
        load(context, week, false);
        context.say(
                "The first five days are summed up, three at a time. Each reads the table as of one version, which is noted.");
        run(context, week, "run", "--dates", "2024-01-01..2024-01-05");
        context.say("Nothing was late, and so says each file for schedulers:");
        show(context, week);

        context.say("Now rows come late: 100 for January 2nd (version 7), and 100 for January 3rd (version 8).");
        load(context, week, true);
        run(context, week, "plan");

        for (Scenario scenario : Scenario.values()) {
            tell(context, week, scenario);
        }
        context.say(
                """
                What to try next:
                  all that is due, in one command   ./millrace late-data run %1$s
                  a month for the first time        ./millrace run %1$s --dates 2024-01-01..2024-01-31 --max-concurrent 3
                  how it works                      docs/late-data.md"""
                        .formatted(context.example().resolve("pipegraph.conf")));
    }

    /** Each begins with a copy of the week. */
    private static void tell(DemoContext context, Path week, Scenario scenario) throws IOException {
        Path lake = context.work().resolve(scenario.name().toLowerCase(java.util.Locale.ROOT));
        copy(week, lake);
        delete(lake.resolve("configurations"));
        context.say(scenario.story());
        run(context, lake, "run", "--dates", scenario.dates());
        show(context, lake);
        context.millrace(set(lake), "slices", file(context));
    }

    /** Which days somebody runs again. */
    enum Scenario {
        /** The late day before them is found by the first of them. */
        FROM_THE_THIRD(
                "2024-01-03..2024-01-05",
                "First way: somebody runs the 3rd to the 5th again. The 3rd finds the 2nd late, and has it run again; its own late rows it has read."),
        /** Both late days are found by the first of them. */
        FROM_THE_FOURTH(
                "2024-01-04..2024-01-05",
                "Second way: somebody runs the 4th and the 5th again. The 4th finds both late days; the 5th finds that they are asked for already."),
        /** The late days are among them. */
        UP_TO_THE_THIRD(
                "2024-01-01..2024-01-03",
                "Third way: somebody runs the 1st to the 3rd again. The late days are among them, and nothing is left to be found.");

        private final String dates;
        private final String story;

        Scenario(String dates, String story) {
            this.dates = dates;
            this.story = story;
        }

        String dates() {
            return dates;
        }

        String story() {
            return story;
        }
    }

    private static void load(DemoContext context, Path lake, boolean late) throws IOException {
        DeviceFiles files = new DeviceFiles(lake.resolve("inbox"));
        String load = context.example().resolve("load.conf").toString();
        for (LocalDate day : late
                ? List.of(FIRST.plusDays(1), FIRST.plusDays(2))
                : FIRST.datesUntil(FIRST.plusDays(7)).toList()) {
            String file = late ? files.writeLate(day) : files.write(day);
            context.millrace(List.of("lake=" + lake, "file=" + file), "run", load);
        }
    }

    private static void run(DemoContext context, Path lake, String command, String... options) {
        String[] arguments = Stream.concat(Stream.of("late-data", command, file(context)), Stream.of(options))
                .toArray(String[]::new);
        context.millrace(set(lake), arguments);
    }

    private static String file(DemoContext context) {
        return context.example().resolve("pipegraph.conf").toString();
    }

    private static List<String> set(Path lake) {
        return List.of("lake=" + lake);
    }

    private static void show(DemoContext context, Path lake) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(lake.resolve("configurations"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json")
                            && !each.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList()) {
                text.append(file.getFileName())
                        .append("  ")
                        .append(Files.readString(file))
                        .append('\n');
            }
        }
        context.say(text.toString().stripTrailing());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path copied = to.resolve(from.relativize(each));
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(each, copied);
                }
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
