package io.millrace.cli.internal.command;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.sql.SqlSyntax;
import org.jspecify.annotations.Nullable;

/** The option {@code --where}, a condition in SQL; what it is about differs from command to command. */
public final class WhereOption {

    private WhereOption() {}

    /**
     * Looks at a condition before there is a session.
     *
     * @throws MillraceException of kind USER where it is no expression
     */
    public static void check(@Nullable String where) {
        if (where != null) {
            try {
                SqlSyntax.expression(where);
            } catch (SqlSyntax.SyntaxException wrong) {
                throw MillraceException.user("--where is not an expression of Spark SQL: " + wrong.getMessage(), wrong);
            }
        }
    }
}
