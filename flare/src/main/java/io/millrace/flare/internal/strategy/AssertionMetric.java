package io.millrace.flare.internal.strategy;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/** What can be asked about a column's values. Percentages are from 0 to 100. */
public enum AssertionMetric {
    AVG,
    AVG_LENGTH,
    DISTINCT_COUNT,
    DUPLICATE_COUNT,
    INVALID_COUNT,
    INVALID_PERCENTAGE,
    MAX,
    MAX_LENGTH,
    MIN,
    MIN_LENGTH,
    MISSING_COUNT,
    MISSING_PERCENTAGE,
    SUM;

    private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|(?<![\\w.])[A-Za-z_]\\w*");
    private static final Set<String> OF_SQL =
            Set.of("and", "or", "not", "between", "in", "is", "null", "true", "false");

    /** Returns the metric of a word, in upper or lower case; empty where there is none. */
    public static Optional<AssertionMetric> of(String word) {
        return Stream.of(values())
                .filter(metric -> metric.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /** Returns the words for all metrics. */
    public static List<String> names() {
        return Stream.of(values()).map(AssertionMetric::word).toList();
    }

    /** Returns the words of a test that are neither SQL's own nor quoted. */
    public static Set<String> words(String test) {
        Set<String> words = new TreeSet<>();
        WORD.matcher(test)
                .results()
                .map(found -> found.group())
                .filter(word -> !word.startsWith("'") && !word.startsWith("\""))
                .filter(word -> !OF_SQL.contains(word.toLowerCase(Locale.ROOT)))
                .forEach(words::add);
        return words;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is about values that do not have a format. */
    public boolean needsFormat() {
        return this == INVALID_COUNT || this == INVALID_PERCENTAGE;
    }

    /** Returns it as an aggregate. */
    public Column of(Column value, String regex) {
        Column size = length(value.cast("string"));
        Column invalid = count_if(value.isNotNull().and(not(value.cast("string").rlike(regex))));
        Column missing = count_if(value.isNull());
        return switch (this) {
            case AVG -> avg(value);
            case AVG_LENGTH -> avg(size);
            case DISTINCT_COUNT -> count_distinct(value);
            case DUPLICATE_COUNT -> count(value).minus(count_distinct(value));
            case INVALID_COUNT -> invalid;
            case INVALID_PERCENTAGE -> percentage(invalid);
            case MAX -> max(value);
            case MAX_LENGTH -> max(size);
            case MIN -> min(value);
            case MIN_LENGTH -> min(size);
            case MISSING_COUNT -> missing;
            case MISSING_PERCENTAGE -> percentage(missing);
            case SUM -> sum(value);
        };
    }

    /** Of no rows at all, none is wrong. */
    private static Column percentage(Column some) {
        return coalesce(some.multiply(lit(100.0)).divide(nullif(count(lit(1)), lit(0))), lit(0.0));
    }
}
