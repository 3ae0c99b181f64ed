package io.millrace.spi;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Partitions of a topic, as people write them: {@code 0,3,8-15}. */
public final class PartitionNumbers {

    private static final int MOST = 100_000;
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    private PartitionNumbers() {}

    /**
     * Reads a list.
     *
     * @return the numbers, ascending, each once: ranges may overlap
     * @throws IllegalArgumentException where it is none, with a message that says what was written and how it is meant
     */
    public static List<Integer> parse(String text) {
        TreeSet<Integer> partitions = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                throw wrong(text);
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (last < first || last - first >= MOST) {
                throw wrong(text);
            }
            for (int partition = first; partition <= last; partition++) {
                partitions.add(partition);
            }
        }
        return List.copyOf(partitions);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not a list of partitions such as 0,3,8-15");
    }
}
