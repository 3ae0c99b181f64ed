package io.millrace.spark;

/** A query with a mark under a place in it. */
public final class QueryExcerpt {

    private static final String INDENT = "    ";

    private QueryExcerpt() {}

    /** Returns the line that holds a character, and a caret under it: two lines, each after a line break. */
    public static String line(String sql, int offset) {
        int begin = sql.lastIndexOf('\n', offset - 1) + 1;
        int end = sql.indexOf('\n', offset);
        String line = sql.substring(begin, end < 0 ? sql.length() : end);
        return "\n" + INDENT + line + "\n" + INDENT + blank(line, offset - begin) + "^";
    }

    /** Returns the whole query, with a caret under a character; each line after a line break. */
    public static String whole(String sql, int offset) {
        int end = sql.indexOf('\n', offset);
        int begin = sql.lastIndexOf('\n', offset - 1) + 1;
        String before = begin == 0 ? "" : sql.substring(0, begin - 1).stripTrailing();
        String after = end < 0 ? "" : sql.substring(end + 1).stripTrailing();
        return indented(before) + line(sql, offset) + indented(after);
    }

    private static String indented(String lines) {
        return lines.isBlank() ? "" : "\n" + INDENT + lines.replaceFirst("^\\s*\n", "").replace("\n", "\n" + INDENT);
    }

    /** As wide as the beginning of a line, tabs included. */
    private static String blank(String line, int length) {
        return line.substring(0, Math.min(length, line.length())).replaceAll("[^\t]", " ");
    }
}
