package io.millrace.iceberg.internal.table;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Term;
import org.jspecify.annotations.Nullable;

/** One column by which files are sorted: {@code id DESC NULLS LAST}. */
public record SortBy(ColumnTerm term, SortDirection direction, NullOrder nulls) {

    private static final Pattern ORDERED =
            Pattern.compile("(?is)(.+?)(?:\\s+(asc|desc))?(?:\\s+nulls\\s+(first|last))?");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with what is wrong about the text, to follow it in a message
     */
    public static SortBy parse(String text) {
        Matcher ordered = ORDERED.matcher(text.strip());
        if (!ordered.matches()) {
            throw new IllegalArgumentException("is not a column to sort by, such as id DESC NULLS LAST");
        }
        boolean down = "desc".equals(lower(ordered.group(2)));
        String nulls = lower(ordered.group(3));
        boolean last = nulls.isEmpty() ? down : nulls.equals("last");
        return new SortBy(
                ColumnTerm.parse(ordered.group(1)),
                down ? SortDirection.DESC : SortDirection.ASC,
                last ? NullOrder.NULLS_LAST : NullOrder.NULLS_FIRST);
    }

    private static String lower(@Nullable String word) {
        return word == null ? "" : word.toLowerCase(Locale.ROOT);
    }

    /**
     * Makes the order of a table of these columns.
     *
     * @throws RuntimeException where the columns are not there
     */
    public static SortOrder order(List<SortBy> columns, Schema schema) {
        SortOrder.Builder order = SortOrder.builderFor(schema);
        columns.forEach(column -> order.sortBy(column.term.in(schema).iceberg(), column.direction, column.nulls));
        return order.build();
    }

    /** Sets the order of a table that is there. */
    static void replace(List<SortBy> columns, Table table) {
        ReplaceSortOrder order = table.replaceSortOrder();
        for (SortBy column : columns) {
            Term term = column.term.in(table.schema()).iceberg();
            if (column.direction == SortDirection.ASC) {
                order.asc(term, column.nulls);
            } else {
                order.desc(term, column.nulls);
            }
        }
        order.commit();
    }

    /** As it is written. */
    @Override
    public String toString() {
        return term + " " + direction + " " + nulls;
    }
}
