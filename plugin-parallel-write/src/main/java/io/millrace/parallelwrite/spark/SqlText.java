package io.millrace.parallelwrite.spark;

/** Texts as they stand in a SQL statement. */
public final class SqlText {

    private SqlText() {}

    /** Returns an identifier in backticks. */
    public static String identifier(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    /** Returns a literal. The dollar sign is written by its code, because Spark puts settings in place of <code>${…}</code>. */
    public static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("$", "\\u0024") + "'";
    }
}
