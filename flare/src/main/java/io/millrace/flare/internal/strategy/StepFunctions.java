package io.millrace.flare.internal.strategy;

import io.millrace.config.MillraceException;
import io.millrace.config.Suggestion;
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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies functions to the columns of a view, one after the other. */
public final class StepFunctions implements Strategy<StepFunctions.Calls>, PlansColumns<StepFunctions.Calls> {

    /** What stands behind the name of a step in that of the view of its query alone. */
    public static final String QUERIED = "#sql";

    /** The functions there are. */
    public static final List<String> NAMES = List.of(
            "add_column",
            "change_column_case",
            "cleanse_column_names",
            "drop",
            "epoch_to_timestamp",
            "fill_null_or_empty",
            "rename",
            "rename_all",
            "select",
            "set_type",
            "unfurl");

    private static final Logger LOG = LoggerFactory.getLogger(StepFunctions.class);

    private static final Set<String> RENAMING = Set.of("rename", "rename_all");

    /**
     * What is applied to what.
     *
     * @param of the view
     */
    public record Calls(String of, List<Call> functions) {}

    /**
     * One function with what it is given; which of it depends on the function.
     *
     * @param text a value, an expression or a case
     */
    public record Call(
            String name,
            Optional<String> column,
            Optional<String> asColumn,
            Optional<String> type,
            Optional<String> text,
            List<String> columns,
            Map<String, String> values) {}

    /** Called by the planner. */
    public StepFunctions() {}

    @Override
    public Class<Calls> configurationType() {
        return Calls.class;
    }

    @Override
    public Optional<StructType> columns(Calls configuration, ViewColumns known) {
        Optional<StructType> columns = known.view(configuration.of());
        for (int i = 0; i < configuration.functions().size(); i++) {
            Call call = configuration.functions().get(i);
            String at = "functions[" + i + "]";
            columns = columns.flatMap(before -> new FunctionColumns(before, call, at, known).applied());
        }
        return columns;
    }

    @Override
    public Dataset<Row> transform(StrategyContext context, Calls configuration) {
        Dataset<Row> rows = context.view(configuration.of());
        for (Call call : configuration.functions()) {
            rows = applied(rows, call, "step " + configuration.of().replace(QUERIED, "") + ", function " + call.name());
        }
        return rows;
    }

    private static Dataset<Row> applied(Dataset<Row> rows, Call call, String what) {
        try {
            for (String column : read(call)) {
                look(column, rows, call, what);
            }
            return new ColumnFunction(rows, call).applied();
        } catch (MillraceException wrong) {
            throw MillraceException.user(what + ": " + wrong.getMessage(), wrong);
        } catch (Exception wrong) { // Spark throws AnalysisException without declaring it
            throw SparkErrors.of(what, wrong);
        }
    }

    /** Returns the columns that a function needs. */
    private static List<String> read(Call call) {
        List<String> columns = new ArrayList<>(call.columns());
        columns.addAll(call.values().keySet());
        call.column().filter(column -> !call.name().equals("add_column")).ifPresent(columns::add);
        return columns;
    }

    /** Spark's functions pass over a column that is not there where they drop or rename it, and with them the original. The others need it. */
    private static void look(String column, Dataset<Row> rows, Call call, String what) {
        List<String> columns = List.of(rows.columns());
        if (call.name().equals("drop") || columns.stream().anyMatch(column::equalsIgnoreCase)) {
            return;
        }
        String absent = "there is no column " + column + "; " + Suggestion.among(column, columns);
        if (!RENAMING.contains(call.name())) {
            throw MillraceException.user(absent);
        }
        LOG.warn("{}: {}; nothing is renamed", what, absent);
    }
}
