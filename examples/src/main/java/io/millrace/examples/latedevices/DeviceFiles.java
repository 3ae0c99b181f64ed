package io.millrace.examples.latedevices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Files of 100 devices that were seen on a day, the same for a day each time; those that come late can be told apart. */
final class DeviceFiles {

    static final int ROWS = 100;

    private static final List<String> TYPES = List.of("phone", "tablet", "laptop", "watch");

    private final Path inbox;

    /** @param inbox the folder of the files, each in a folder of its own */
    DeviceFiles(Path inbox) {
        this.inbox = inbox;
    }

    /** Writes the file of a day; returns the name of its folder. */
    String write(LocalDate day) throws IOException {
        return write(day, day.toString(), false);
    }

    /** Writes a file of a day that comes late. */
    String writeLate(LocalDate day) throws IOException {
        return write(day, day + "-late", true);
    }

    private String write(LocalDate day, String name, boolean late) throws IOException {
        Random random = new Random(day.toEpochDay() * 2 + (late ? 1 : 0));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"event_time\":\"%s\",\"device\":\"%s-%s%03d\",\"type\":\"%s\",\"late\":%b}%n",
                    day,
                    day,
                    late ? "late-" : "",
                    i,
                    TYPES.get(random.nextInt(TYPES.size())),
                    late));
        }
        Path folder = inbox.resolve(name);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("devices.json"), lines);
        return name;
    }
}
