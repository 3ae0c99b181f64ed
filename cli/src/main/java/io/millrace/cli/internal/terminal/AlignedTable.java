package io.millrace.cli.internal.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Rows in aligned columns, two spaces apart; columns of numbers to the right. */
public final class AlignedTable {

    /** Where a column's text stands. */
    public enum Align {
        LEFT,
        RIGHT
    }

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final List<Align> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public AlignedTable(Align... columns) {
        this.columns = List.of(columns);
    }

    public AlignedTable row(String... cells) {
        return row(List.of(cells));
    }

    public AlignedTable row(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells in a table of " + columns.size() + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** Returns the lines, without spaces at their ends. */
    public List<String> lines() {
        int[] widths = IntStream.range(0, columns.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    /** Colours take no room. */
    private static int width(String cell) {
        return COLOUR.matcher(cell).replaceAll("").length();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String space = " ".repeat(widths[column] - width(cell));
            line.append(column == 0 ? "" : "  ");
            line.append(columns.get(column) == Align.LEFT ? cell + space : space + cell);
        }
        return line.toString().stripTrailing();
    }
}
