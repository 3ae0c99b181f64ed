package io.millrace.cli.internal.sql;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.spi.SparkErrors;
import java.util.Set;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with a query.
 *
 * @param query what the user asked
 * @param session knows the tables
 * @param models tables that are models, or null where no file is given
 */
record QueryProblem(String query, SparkSession session, @Nullable ModelTables models) {

    MillraceException explain(Exception wrong) {
        if (wrong instanceof SparkThrowable raised && "TABLE_OR_VIEW_NOT_FOUND".equals(raised.getCondition())) {
            return noTable(raised.getMessageParameters().getOrDefault("relationName", "that"), wrong);
        }
        try {
            SqlSyntax.query(query);
        } catch (SqlSyntax.SyntaxException unreadable) {
            return MillraceException.user("the query is wrong: " + unreadable.getMessage(), wrong);
        }
        return SparkErrors.of("the query is wrong", wrong);
    }

    private MillraceException noTable(String relation, Exception wrong) {
        String name = relation.replace("`", "");
        KnownTables tables = new KnownTables(session, models == null ? Set.of() : models.names());
        String hint = models == null ? "; --with FILE makes the models of a pipegraph tables" : "";
        return MillraceException.user("no table is named " + name + "; " + tables.suggestion(name) + hint, wrong);
    }
}
