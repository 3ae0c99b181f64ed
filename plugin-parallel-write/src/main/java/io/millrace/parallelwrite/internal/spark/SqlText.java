package io.millrace.parallelwrite.internal.spark;

import io.millrace.config.MillraceException;

/** Texts as they stand in a SQL statement. */
public final class SqlText {

    private SqlText() {}

    /**
     * Returns an identifier in backticks.
     *
     * @throws MillraceException of kind USER for one in which Spark would put a setting
     */
    public static String identifier(String name) {
        if (name.contains("${")) {
            throw MillraceException.user(
                    "\"" + name + "\" cannot be a name: Spark puts settings in place of ${…}, in names too");
        }
        return '`' + name.replace("`", "``") + '`';
    }

    /** Returns a literal. The dollar sign is written by its code, because Spark puts settings in place of <code>${…}</code>. */
    public static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("$", "\\u0024") + "'";
    }
}
