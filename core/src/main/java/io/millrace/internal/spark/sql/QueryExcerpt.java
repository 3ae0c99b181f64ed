package io.millrace.internal.spark.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A query with a caret under a place in it. */
public final class QueryExcerpt {

    private static final String INDENT = "\n    ";

    private QueryExcerpt() {}

    /** Returns the line that holds a character, and a caret under it: two lines, each after a line break. */
    public static String line(String sql, int offset) {
        int begin = sql.lastIndexOf('\n', offset - 1) + 1;
        int end = sql.indexOf('\n', offset);
        String line = sql.substring(begin, end < 0 ? sql.length() : end);
        return INDENT + line.strip() + INDENT + caret(line, offset - begin, margin(line));
    }

    /** Returns the whole query, moved to the left, with a caret under a character; each line after a line break. */
    public static String whole(String sql, int offset) {
        List<String> lines = new ArrayList<>();
        int margin = sql.lines()
                .filter(line -> !line.isBlank())
                .mapToInt(QueryExcerpt::margin)
                .min()
                .orElse(0);
        int begin = 0;
        for (String line : sql.split("\n", -1)) {
            lines.add(line.isBlank() ? "" : line.substring(margin).stripTrailing());
            if (begin <= offset && offset <= begin + line.length()) {
                lines.add(caret(line, offset - begin, margin));
            }
            begin += line.length() + 1;
        }
        while (lines.get(0).isEmpty()) {
            lines.remove(0);
        }
        while (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines.stream().map(line -> INDENT + line).collect(Collectors.joining());
    }

    private static int margin(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** As far to the right as the character, tabs included. */
    private static String caret(String line, int place, int margin) {
        return line.substring(margin, Math.max(margin, Math.min(place, line.length())))
                        .replaceAll("[^\t]", " ")
                + "^";
    }
}
