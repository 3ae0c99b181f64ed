package io.millrace.flare.internal.strategy;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.internal.spark.sql.Queries;
import io.millrace.spi.PlansColumns;
import io.millrace.spi.SparkErrors;
import io.millrace.spi.Strategy;
import io.millrace.spi.StrategyContext;
import io.millrace.spi.ViewColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Lets a view through if what is asserted of it holds. Computes the figures at once, so that nothing is written where it does not. */
public final class AssertionCheck implements Strategy<AssertionCheck.Asserted>, PlansColumns<AssertionCheck.Asserted> {

    /**
     * What is asserted.
     *
     * @param of the view
     * @param writes whether the view is written where all of it holds
     */
    public record Asserted(String of, boolean writes, List<Check> checks) {}

    /**
     * One assertion: about a column of the view, or about the first row of a query.
     *
     * @param filter which rows it is about
     * @param regex what a valid value matches somewhere
     * @param tests predicates over metrics of the column, or over columns of the query
     */
    public record Check(
            Optional<String> column,
            Optional<String> filter,
            Optional<String> regex,
            Optional<String> sql,
            List<String> tests) {

        /** {@code column price}, or the query. */
        String words() {
            String where = filter.map(each -> " where " + each).orElse("");
            return column.map(each -> "column " + each)
                            .orElseGet(() -> "sql " + sql.orElse("").strip())
                    + where;
        }
    }

    /** Called by the planner. */
    public AssertionCheck() {}

    @Override
    public Class<Asserted> configurationType() {
        return Asserted.class;
    }

    @Override
    public Optional<StructType> columns(Asserted configuration, ViewColumns known) {
        Optional<StructType> view = known.view(configuration.of());
        for (int i = 0; i < configuration.checks().size(); i++) {
            new AssertedColumns(configuration.checks().get(i), "checks[" + i + "]", known).check(view);
        }
        return view;
    }

    @Override
    public Dataset<Row> transform(StrategyContext context, Asserted configuration) {
        Dataset<Row> rows = context.view(configuration.of());
        List<String> failed = new ArrayList<>();
        for (Check check : configuration.checks()) {
            try {
                failed.addAll(failed(check, rows, context));
            } catch (MillraceException ours) {
                throw ours;
            } catch (Exception wrong) { // Spark throws AnalysisException without declaring it
                throw SparkErrors.of("assertion about " + check.words(), wrong);
            }
        }
        if (!failed.isEmpty()) {
            String some = failed.size() == 1 ? "an assertion does" : failed.size() + " assertions do";
            String kept = configuration.writes() ? "nothing of " + configuration.of() + " is written, as " : "";
            throw MillraceException.user(kept + some + " not hold: " + String.join("; ", failed));
        }
        return rows;
    }

    private static List<String> failed(Check check, Dataset<Row> rows, StrategyContext context) throws Exception {
        Dataset<Row> figures = check.sql().isPresent()
                ? filtered(Queries.sql(context.session(), check.sql().get(), Map.of()), check)
                        .limit(1)
                : figures(check, filtered(rows, check));
        Column[] columns = Stream.concat(
                        Stream.of(figures.columns()).map(ColumnNames::column),
                        check.tests().stream().map(functions::expr))
                .toArray(Column[]::new);
        List<Row> found = figures.select(columns).collectAsList();
        if (found.isEmpty()) {
            return List.of(check.words() + ": has no row");
        }
        Row row = found.get(0);
        int known = figures.columns().length;
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < check.tests().size(); i++) {
            if (row.isNullAt(known + i) || !Boolean.TRUE.equals(row.get(known + i))) {
                failed.add(check.words() + ": " + check.tests().get(i) + " ("
                        + found(row, figures, check.tests().get(i)) + ")");
            }
        }
        return failed;
    }

    private static Dataset<Row> filtered(Dataset<Row> rows, Check check) {
        return check.filter().map(rows::filter).orElse(rows);
    }

    /** Only what the tests ask for. */
    private static Dataset<Row> figures(Check check, Dataset<Row> rows) {
        Set<AssertionMetric> metrics = new TreeSet<>();
        check.tests().forEach(test -> AssertionMetric.words(test)
                .forEach(word -> AssertionMetric.of(word).ifPresent(metrics::add)));
        Column value = ColumnNames.column(check.column().orElseThrow());
        List<Column> columns = metrics.stream()
                .map(metric -> metric.of(value, check.regex().orElse("")).as(metric.word()))
                .toList();
        return rows.agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new));
    }

    /** {@code avg = 4.5}: the figures a test speaks of. */
    private static String found(Row row, Dataset<Row> figures, String test) {
        Set<String> words = AssertionMetric.words(test);
        return Stream.of(figures.columns())
                .filter(name -> words.stream().anyMatch(name::equalsIgnoreCase))
                .map(name -> name + " = " + row.getAs(name))
                .collect(Collectors.joining(", "));
    }
}
