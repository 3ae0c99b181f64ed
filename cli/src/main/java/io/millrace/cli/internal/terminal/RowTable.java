package io.millrace.cli.internal.terminal;

import io.millrace.cli.internal.terminal.AlignedTable.Align;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/**
 * Rows for a person.
 *
 * @param fields the columns
 * @param rows the values as texts
 * @param more whether there are more rows than these
 */
record RowTable(List<StructField> fields, List<Row> rows, boolean more) {

    private static final int WIDEST_CELL = 60;

    /**
     * Computes rows.
     *
     * @param limit how many at most; 0 for all
     */
    static RowTable of(Dataset<Row> rows, int limit) {
        List<StructField> fields = Arrays.asList(rows.schema().fields());
        String[] places = new String[fields.size()]; // two columns of a query may have one name
        Column[] texts = new Column[fields.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = "c" + i;
            texts[i] = org.apache.spark.sql.functions.col(places[i]).cast("string");
        }
        Dataset<Row> asText = rows.toDF(places).select(texts);
        List<Row> found = (limit == 0 ? asText : asText.limit(limit + 1)).collectAsList();
        boolean more = limit > 0 && found.size() > limit;
        return new RowTable(fields, more ? found.subList(0, limit) : found, more);
    }

    void print(Terminal terminal) {
        if (fields.isEmpty()) {
            terminal.out().println("done");
            return;
        }
        Style style = terminal.style();
        AlignedTable table = new AlignedTable(fields.stream()
                .map(field -> field.dataType() instanceof NumericType ? Align.RIGHT : Align.LEFT)
                .toArray(Align[]::new));
        table.row(fields.stream().map(field -> style.faint(field.name())).toList());
        rows.forEach(row -> table.row(cells(row, terminal)));
        table.lines().forEach(terminal.out()::println);
        terminal.out()
                .println(style.faint(
                        more
                                ? "the first " + FormattedValues.count(rows.size(), "row") + "; --limit 0 shows all"
                                : FormattedValues.count(rows.size(), "row")));
    }

    private static List<String> cells(Row row, Terminal terminal) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.length(); i++) {
            cells.add(row.isNullAt(i) ? terminal.style().faint("NULL") : cell(row.getString(i), terminal));
        }
        return cells;
    }

    private static String cell(String value, Terminal terminal) {
        String line = value.replace("\n", "\\n");
        boolean cut = terminal.columns() != Terminal.UNLIMITED && line.length() > WIDEST_CELL;
        return cut ? line.substring(0, WIDEST_CELL - 1) + "…" : line;
    }
}
