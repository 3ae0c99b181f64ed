package io.millrace.internal.spark.sql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.trees.Origin;

/** Finds in a text what Spark speaks of. */
final class SqlWords {

    /**
     * A part of a text.
     *
     * @param offset where it begins, in characters
     */
    record Word(String text, int offset) {}

    private SqlWords() {}

    /** Returns what an expression was made of; empty where it was made of something else. */
    static Optional<Word> of(Origin origin, String sql) {
        return origin.startIndex().isDefined() && origin.stopIndex().isDefined()
                ? between(
                        (Integer) origin.startIndex().get(),
                        (Integer) origin.stopIndex().get(),
                        sql)
                : Optional.empty();
    }

    /** Returns what stands between two places that Spark counts in code points, both included. */
    static Optional<Word> between(int first, int last, String sql) {
        if (first < 0 || last < first || last >= sql.codePointCount(0, sql.length())) {
            return Optional.empty();
        }
        int begin = sql.offsetByCodePoints(0, first);
        return Optional.of(new Word(sql.substring(begin, sql.offsetByCodePoints(0, last + 1)), begin));
    }

    /** Returns the only place where a name stands in a text; empty where it stands in several, or in none. */
    static Optional<Word> only(String name, String sql) {
        Matcher places = Pattern.compile("(?i)(?<!\\w)" + Pattern.quote(name) + "(?!\\w)")
                .matcher(sql);
        if (!places.find()) {
            return Optional.empty();
        }
        Word found = new Word(places.group(), places.start());
        return places.find() ? Optional.empty() : Optional.of(found);
    }
}
