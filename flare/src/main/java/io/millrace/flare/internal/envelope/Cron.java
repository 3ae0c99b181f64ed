package io.millrace.flare.internal.envelope;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with a cron expression: five fields, or six and seven with seconds before and years behind. */
final class Cron {

    private record Field(String name, int from, int to, List<String> words) {

        Field(String name, int from, int to) {
            this(name, from, to, List.of());
        }
    }

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final Field SECOND = new Field("second", 0, 59);
    private static final Field YEAR = new Field("year", 1970, 2199);
    private static final List<Field> FIVE = List.of(
            new Field("minute", 0, 59),
            new Field("hour", 0, 23),
            new Field("day of the month", 1, 31),
            new Field("month", 1, 12, MONTHS),
            new Field("day of the week", 0, 7, DAYS));
    private static final List<String> WORDS =
            List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final Pattern RANGE = Pattern.compile("(\\w+)(?:-(\\w+))?");

    private Cron() {}

    static Optional<String> problem(String text) {
        String[] parts = text.strip().split("\\s+", -1);
        if (parts.length == 1 && WORDS.contains(parts[0])) {
            return Optional.empty();
        }
        if (parts.length < 5 || parts.length > 7) {
            return Optional.of("has " + parts.length + (parts.length == 1 ? " field" : " fields")
                    + "; write minute, hour, day of the month, month, day of the week, as in \"*/10 * * * *\"");
        }
        int before = parts.length == 5 ? 0 : 1;
        for (int i = 0; i < parts.length; i++) {
            int index = i - before;
            Field field = index < 0 ? SECOND : index < FIVE.size() ? FIVE.get(index) : YEAR;
            for (String each : parts[i].split(",", -1)) {
                if (!fits(each, field)) {
                    return Optional.of("\"" + each + "\" is no " + field.name() + ", which is from " + field.from()
                            + " to " + field.to());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean fits(String text, Field field) {
        String[] step = text.split("/", -1);
        if (step.length > 2 || (step.length == 2 && !step[1].matches("[1-9]\\d{0,3}"))) {
            return false;
        }
        if (step[0].equals("*") || step[0].equals("?")) {
            return true;
        }
        Matcher range = RANGE.matcher(step[0]);
        if (!range.matches()) {
            return false;
        }
        int first = number(range.group(1), field);
        int last = range.group(2) == null ? first : number(range.group(2), field);
        return first >= field.from() && last <= field.to() && first <= last;
    }

    /** Returns a number that is too small where the text is none. */
    private static int number(String text, Field field) {
        int word = field.words().indexOf(text.toUpperCase(Locale.ROOT));
        if (word >= 0) {
            return word + field.from();
        }
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
    }
}
