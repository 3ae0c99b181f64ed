package io.millrace.flare.internal.strategy;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.internal.spark.sql.Queries;
import io.millrace.spi.RunMemory;
import io.millrace.spi.SparkErrors;
import io.millrace.spi.Strategy;
import io.millrace.spi.StrategyContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Takes a part of an input: computes the values that bound it, then asks for the rows between. */
public final class IncrementalSlice implements Strategy<IncrementalSlice.Slicing> {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\|([^|]+)\\|");

    /**
     * Which part.
     *
     * @param of the view of all rows
     * @param context what the queries call that view
     * @param sql the query for the part
     * @param keys values that take their placeholder's place in the keys after them and in the query
     * @param state keys that begin the next run with the value that another one, or the same, has in this run
     */
    public record Slicing(String of, String context, String sql, List<Key> keys, List<Next> state) {}

    /**
     * A value.
     *
     * @param sql a query whose first column in the first row it is
     */
    public record Key(String name, String sql) {}

    /**
     * How a key goes on from run to run.
     *
     * @param key the key
     * @param value the key whose value it has in the next run
     */
    public record Next(String key, String value) {}

    /** Called by the planner. */
    public IncrementalSlice() {}

    /** Returns the names in a query that stand for values: of {@code $|start|} that is {@code start}. */
    public static Set<String> placeholders(String sql) {
        Set<String> names = new TreeSet<>();
        PLACEHOLDER.matcher(sql).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    @Override
    public Class<Slicing> configurationType() {
        return Slicing.class;
    }

    @Override
    public boolean remembers(Slicing configuration) {
        return !configuration.state().isEmpty();
    }

    @Override
    public Dataset<Row> transform(StrategyContext context, Slicing configuration) {
        context.view(configuration.of()).createOrReplaceTempView(ColumnNames.quoted(configuration.context()));
        Map<String, String> values = new LinkedHashMap<>();
        for (Key key : configuration.keys()) {
            values.put(key.name(), value(context, configuration, key, values));
        }
        return query(context, "incremental read", filled(configuration.sql(), values));
    }

    /** All values of a run are kept with it: a run that is tried again takes the part it took, and the next one begins where that ended. */
    private static String value(StrategyContext context, Slicing configuration, Key key, Map<String, String> values) {
        Optional<RunMemory> memory = configuration.state().isEmpty() ? Optional.empty() : context.memory();
        if (memory.isEmpty()) {
            return queried(context, key, values);
        }
        return memory.get().keep(name(configuration, key.name()), () -> configuration.state().stream()
                .filter(next -> next.key().equals(key.name()))
                .flatMap(next -> memory.get().last(name(configuration, next.value())).stream())
                .findFirst()
                .orElseGet(() -> queried(context, key, values)));
    }

    private static String name(Slicing configuration, String key) {
        return configuration.of() + "/" + key;
    }

    private static String queried(StrategyContext context, Key key, Map<String, String> values) {
        String what = "incremental key " + key.name();
        Dataset<Row> rows = query(context, what, filled(key.sql(), values));
        List<Row> first = rows.select(
                        rows.col(ColumnNames.quoted(rows.columns()[0])).cast("string"))
                .takeAsList(1);
        if (first.isEmpty() || first.get(0).isNullAt(0)) {
            throw MillraceException.user(what + ": its query has no value: " + key.sql());
        }
        return first.get(0).getString(0);
    }

    private static String filled(String sql, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(sql)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }

    private static Dataset<Row> query(StrategyContext context, String what, String sql) {
        try {
            return Queries.sql(context.session(), sql, Map.of());
        } catch (Exception wrong) { // Spark throws AnalysisException without declaring it
            throw SparkErrors.of(what, wrong);
        }
    }
}
