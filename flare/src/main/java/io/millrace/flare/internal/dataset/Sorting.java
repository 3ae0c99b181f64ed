package io.millrace.flare.internal.dataset;

import io.millrace.config.ConfigSection;
import io.millrace.internal.spark.sql.ColumnNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How rows are sorted before they are written.
 *
 * @param mode within each task's rows, or over all of them
 */
record Sorting(Mode mode, List<Column> columns, String path) {

    enum Mode {
        PARTITION,
        GLOBAL
    }

    private enum Order {
        ASC,
        DESC
    }

    /** One column. */
    record Column(String name, String direction) {}

    Sorting {
        columns = List.copyOf(columns);
    }

    static Optional<Sorting> read(ConfigSection options) {
        return options.optionalSection("sort").flatMap(sort -> {
            Mode mode = sort.optionalEnum("mode", Mode.class).orElse(Mode.PARTITION);
            List<Column> columns = new ArrayList<>();
            for (ConfigSection column : sort.sections("columns")) {
                String name = column.string("name");
                Order order = column.optionalEnum("order", Order.class).orElse(Order.ASC);
                column.build(() -> new Column(name, order.name())).ifPresent(columns::add);
            }
            if (!sort.has("columns")) {
                sort.problem("columns", "is missing");
            }
            return sort.build(() -> new Sorting(mode, columns, sort.path()));
        });
    }

    /** As product {@code iceberg} takes them. */
    List<String> terms() {
        return columns.stream()
                .map(column -> column.name() + " " + column.direction())
                .toList();
    }

    /** Rows of a task stay with it, or ranges of rows are sent to tasks. */
    String distribution() {
        return mode == Mode.GLOBAL ? "range" : "none";
    }

    /** What stands behind a query. */
    String sql() {
        return (mode == Mode.GLOBAL ? "ORDER BY " : "SORT BY ")
                + columns.stream()
                        .map(column -> ColumnNames.quoted(column.name()) + " " + column.direction())
                        .collect(Collectors.joining(", "));
    }
}
