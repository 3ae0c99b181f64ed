package io.millrace.iceberg.internal.table;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One field of a table's partitions: {@code month(date_col) AS month}.
 *
 * @param name null for Iceberg's own, such as {@code date_col_month}
 */
public record PartitionBy(ColumnTerm term, @Nullable String name) {

    private static final Pattern NAMED = Pattern.compile("(?is)(.+?)\\s+as\\s+(\\S+)");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with what is wrong about the text, to follow it in a message
     */
    public static PartitionBy parse(String text) {
        Matcher named = NAMED.matcher(text.strip());
        return named.matches()
                ? new PartitionBy(
                        ColumnTerm.parse(named.group(1)), named.group(2).replace("`", ""))
                : new PartitionBy(ColumnTerm.parse(text), null);
    }

    /**
     * Makes the partitions of a table of these columns.
     *
     * @throws RuntimeException where the columns are not there, or not of a type for it
     */
    static PartitionSpec spec(List<PartitionBy> fields, Schema schema) {
        PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
        fields.forEach(field -> new PartitionBy(field.term.in(schema), field.name).addTo(builder));
        return builder.build();
    }

    /** Returns the partitions of a table as they would be written. */
    public static String written(PartitionSpec spec) {
        String fields = spec.fields().stream()
                .filter(field -> !field.transform().isVoid())
                .map(field ->
                        transform(field.transform().toString(), spec.schema().findColumnName(field.sourceId())) + " AS "
                                + field.name())
                .collect(Collectors.joining(", "));
        return fields.isEmpty() ? "nothing" : fields;
    }

    /** From {@code bucket[16]} to {@code bucket(16, id)}. */
    private static String transform(String iceberg, String column) {
        return iceberg.contains("[")
                ? iceberg.replace("[", "(").replace("]", ", " + column + ")")
                : iceberg.toLowerCase(Locale.ROOT) + "(" + column + ")";
    }

    private void addTo(PartitionSpec.Builder spec) {
        String column = term.column();
        String called = name == null ? usualName() : name;
        switch (term.kind()) {
            case IDENTITY -> spec.identity(column, called);
            case YEAR -> spec.year(column, called);
            case MONTH -> spec.month(column, called);
            case DAY -> spec.day(column, called);
            case HOUR -> spec.hour(column, called);
            case BUCKET -> spec.bucket(column, term.number(), called);
            case TRUNCATE -> spec.truncate(column, term.number(), called);
        }
    }

    /** As Iceberg calls it. */
    private String usualName() {
        return switch (term.kind()) {
            case IDENTITY -> term.column();
            case TRUNCATE -> term.column() + "_trunc";
            default -> term.column() + "_" + term.kind().word();
        };
    }

    /** As it is written. */
    @Override
    public String toString() {
        return name == null ? term.toString() : term + " AS " + name;
    }
}
