package io.millrace.iceberg.internal.action;

import io.millrace.iceberg.internal.spark.TableFilter;
import io.millrace.iceberg.internal.table.SortBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.spark.actions.RewriteDataFilesSparkAction;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the files of a table into larger ones, or sorted ones.
 *
 * @param sortBy empty for the table's order
 * @param zOrder columns whose values are interleaved; empty for none
 * @param where null for all files; else those that may hold rows for which it is true
 * @param properties Iceberg's, such as {@code target-file-size-bytes}
 */
record FileRewrite(
        Strategy strategy,
        List<SortBy> sortBy,
        List<String> zOrder,
        @Nullable String where,
        Map<String, String> properties)
        implements TableWork {

    private static final Pattern ZORDER = Pattern.compile("(?i)\\s*zorder\\s*\\((.*)\\)\\s*");

    enum Strategy {
        BINPACK,
        SORT
    }

    FileRewrite {
        sortBy = List.copyOf(sortBy);
        zOrder = List.copyOf(zOrder);
        properties = Map.copyOf(properties);
    }

    static Optional<FileRewrite> decode(ActionOptions options) {
        Optional<Strategy> strategy = options.oneOf(Strategy.class, "strategy");
        Optional<String> order = options.text("sort-order");
        Optional<String> where = options.condition("where", "filter");
        Map<String, String> properties = new LinkedHashMap<>(options.texts("properties"));
        options.number("target-file-size-bytes", "target-size-in-bytes")
                .ifPresent(size -> properties.put(RewriteDataFiles.TARGET_FILE_SIZE_BYTES, Long.toString(size)));
        options.number("output-spec-id")
                .ifPresent(spec -> properties.put(RewriteDataFiles.OUTPUT_SPEC_ID, Long.toString(spec)));
        if (order.isPresent() && strategy.equals(Optional.of(Strategy.BINPACK))) {
            options.problem("sort-order", "is for strategy = sort");
        }
        List<SortBy> sortBy = new ArrayList<>();
        List<String> zOrder = new ArrayList<>();
        order.ifPresent(text -> readOrder(text, sortBy, zOrder, options));
        Strategy chosen = strategy.orElse(order.isPresent() ? Strategy.SORT : Strategy.BINPACK);
        return options.build(() -> new FileRewrite(chosen, sortBy, zOrder, where.orElse(null), properties));
    }

    private static void readOrder(String text, List<SortBy> sortBy, List<String> zOrder, ActionOptions options) {
        Matcher interleaved = ZORDER.matcher(text);
        if (interleaved.matches()) {
            for (String column : interleaved.group(1).split(",", -1)) {
                zOrder.add(column.strip());
            }
            return;
        }
        for (String column : text.split(",(?![^(]*\\))", -1)) {
            try {
                sortBy.add(SortBy.parse(column.strip()));
            } catch (IllegalArgumentException wrong) {
                options.problem("sort-order", "\"" + column.strip() + "\" " + wrong.getMessage());
            }
        }
    }

    @Override
    public Map<String, Object> on(TableActionTarget target) {
        Table table = target.existing();
        return target.doing("cannot rewrite the files of", () -> figures(rewritten(target, table)));
    }

    private RewriteDataFiles.Result rewritten(TableActionTarget target, Table table) throws Exception {
        RewriteDataFilesSparkAction action = target.actions().rewriteDataFiles(table);
        if (target.model().branch() != null) {
            action.toBranch(target.model().branch());
        }
        if (!zOrder.isEmpty()) {
            action.zOrder(zOrder.toArray(String[]::new));
        } else if (!sortBy.isEmpty()) {
            action.sort(SortBy.order(sortBy, table.schema()));
        } else if (strategy == Strategy.SORT) {
            action.sort();
        } else {
            action.binPack();
        }
        if (where != null) {
            String name = target.model().table().sql(target.model().branch());
            action.filter(TableFilter.of(target.session(), name, where));
        }
        return action.options(properties).execute();
    }

    private static Map<String, Object> figures(RewriteDataFiles.Result result) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("files rewritten", (long) result.rewrittenDataFilesCount());
        figures.put("files added", (long) result.addedDataFilesCount());
        figures.put("bytes rewritten", result.rewrittenBytesCount());
        if (result.removedDeleteFilesCount() > 0) {
            figures.put("delete files removed", (long) result.removedDeleteFilesCount());
        }
        if (result.failedDataFilesCount() > 0) {
            figures.put("files left as they were", (long) result.failedDataFilesCount());
        }
        return figures;
    }
}
