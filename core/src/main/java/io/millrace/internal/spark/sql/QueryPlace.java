package io.millrace.internal.spark.sql;

import io.millrace.config.Causes;
import java.util.Optional;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.catalyst.trees.SQLQueryContext;

/**
 * The place in a text of SQL at which Spark failed.
 *
 * @param sql the whole text
 * @param offset in characters from 0
 */
public record QueryPlace(String sql, int offset) {

    /** What Spark shows of the text itself. */
    private static final String SHOWN = "\n== SQL [^\n]*==\n(?s:.*?)\n[ \t]*\\^+[ \t]*\n?";

    /** Returns the place that an exception, or what caused it, speaks of. */
    public static Optional<QueryPlace> in(Throwable thrown) {
        return Causes.of(thrown).stream()
                .filter(SparkThrowable.class::isInstance)
                .flatMap(cause -> of((SparkThrowable) cause).stream())
                .findFirst();
    }

    /** Returns a message of Spark without the excerpt of the text that it ends with. */
    public static String withoutExcerpt(String message) {
        return message.replaceAll(SHOWN, "").stripTrailing();
    }

    private static Optional<QueryPlace> of(SparkThrowable thrown) {
        for (QueryContext context : thrown.getQueryContext()) {
            if (context instanceof SQLQueryContext query && query.sqlText().isDefined()) {
                String sql = query.sqlText().get();
                return SqlWords.between(query.startIndex(), query.stopIndex(), sql)
                        .map(word -> new QueryPlace(sql, word.offset()));
            }
        }
        return Optional.empty();
    }
}
