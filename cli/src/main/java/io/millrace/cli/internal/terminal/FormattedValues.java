package io.millrace.cli.internal.terminal;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** How values are written for people. */
public final class FormattedValues {

    private static final Pattern PLAIN_ARGUMENT = Pattern.compile("[\\p{L}\\p{N}_./:@%+=,-]+");

    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB");

    private FormattedValues() {}

    /** Writes {@code 1 row}, {@code 1,204,000 rows}. */
    public static String count(long number, String thing) {
        return number(number) + " " + thing + (number == 1 ? "" : "s");
    }

    /** Writes {@code 1 batch}, {@code 3 batches}. */
    public static String batches(long number) {
        return number(number) + (number == 1 ? " batch" : " batches");
    }

    /** Writes a name as SQL takes it. */
    public static String identifier(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
    }

    /** Writes {@code 1,204,000}. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Writes {@code 512 bytes}, {@code 3.1 MB}. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 1000 && unit < UNITS.size() - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS.get(unit));
    }

    /** Writes {@code 0.4 s}, {@code 42 s}, {@code 3 min 05 s}, {@code 2 h 07 min}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }

    /** Writes values that are set, as they stand behind a command. */
    public static String settings(Map<String, String> set) {
        StringBuilder options = new StringBuilder();
        set.forEach((path, value) -> options.append(" --set ").append(argument(path + "=" + value)));
        return options.toString();
    }

    /** Writes an argument so that a shell takes it as one. */
    public static String argument(Object argument) {
        String text = argument.toString();
        return PLAIN_ARGUMENT.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
