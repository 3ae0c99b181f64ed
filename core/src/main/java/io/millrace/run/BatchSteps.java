package io.millrace.run;

import static org.apache.spark.sql.functions.lit;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.internal.spark.sql.Queries;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedStep;
import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Rejection;
import io.millrace.spi.RunMemory;
import io.millrace.spi.Slice;
import io.millrace.spi.SparkErrors;
import io.millrace.spi.StrategyContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The steps of one batch, from the views of the inputs to the result. */
final class BatchSteps implements StrategyContext {

    private final EtlPlan etl;
    private final ReadContext context;
    private final Map<String, Dataset<Row>> views;
    private final @Nullable RunMemory memory;
    private final List<Dataset<Row>> deadLetters = new ArrayList<>();
    private String current = "";

    BatchSteps(EtlPlan etl, ReadContext context, Map<String, Dataset<Row>> inputs, Optional<RunMemory> memory) {
        this.etl = etl;
        this.context = context;
        this.views = new LinkedHashMap<>(inputs);
        this.memory = memory.orElse(null);
    }

    /** Applies the steps and returns the result, lazily. */
    Dataset<Row> result() {
        if (!etl.steps().isEmpty()) {
            views.forEach((name, rows) -> rows.createOrReplaceTempView(ColumnNames.quoted(name)));
        }
        for (Iterator<PlannedStep> steps = etl.steps().iterator(); steps.hasNext(); ) {
            PlannedStep step = steps.next();
            current = step.name();
            Dataset<Row> view = apply(step);
            views.put(step.name(), view);
            if (steps.hasNext()) { // no query comes after the last one
                view.createOrReplaceTempView(ColumnNames.quoted(step.name()));
            }
        }
        return view(etl.etl().result().orElseThrow());
    }

    /** Returns what strategies refused: rows with their rejection. */
    List<Dataset<Row>> deadLetters() {
        return deadLetters;
    }

    @Override
    public Dataset<Row> view(String name) {
        Dataset<Row> view = views.get(name);
        if (view == null) {
            throw MillraceException.plugin(
                    "ETL " + etl.name() + ", step " + current + ": there is no view \"" + name + "\"; there are "
                            + String.join(", ", views.keySet()),
                    null);
        }
        return view;
    }

    @Override
    public Map<String, Dataset<Row>> views() {
        return Collections.unmodifiableMap(views);
    }

    @Override
    public SparkSession session() {
        return context.session();
    }

    @Override
    public Slice slice() {
        return context.slice();
    }

    @Override
    public Optional<RunMemory> memory() {
        return Optional.ofNullable(memory);
    }

    @Override
    public void deadLetter(Dataset<Row> rows, String code, String reason) {
        if (etl.deadLetters().isEmpty()) {
            throw MillraceException.user("ETL " + etl.name() + ", step " + current
                    + " has dead letters, but the ETL has no place for them; add dead-letters = MODEL to it");
        }
        deadLetters.add(rows.withColumn(Rejection.COLUMN, Rejection.of(DeadLetterStage.STRATEGY, code, lit(reason))));
    }

    private Dataset<Row> apply(PlannedStep step) {
        String what = "ETL " + etl.name() + ", step " + step.name();
        if (step instanceof PlannedStep.Sql sql) {
            return query(what, sql);
        }
        if (step instanceof PlannedStep.Java<?> java) {
            return transformed(what, java);
        }
        return streamed(what, (PlannedStep.Streaming<?>) step);
    }

    private Dataset<Row> query(String what, PlannedStep.Sql step) {
        Map<String, @Nullable Object> values =
                RunParameters.of(context.slice(), step.parameters(), what + ": the query");
        try {
            return Queries.sql(context.session(), step.sql(), values);
        } catch (Exception wrong) { // Spark throws AnalysisException without declaring it
            throw FailedSql.ofQuery(etl, step.sql(), SparkErrors.of(what, wrong));
        }
    }

    private <C extends Record> Dataset<Row> transformed(String what, PlannedStep.Java<C> step) {
        try {
            return step.strategy().transform(this, step.configuration());
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw failure(what, step.strategy(), failed);
        }
    }

    /** Says whose strategy it is that threw. */
    static MillraceException failure(String what, Object strategy, Exception thrown) {
        return thrown instanceof MillraceException ours
                ? ours
                : MillraceException.plugin(
                        what + ": strategy " + strategy.getClass().getName() + " failed: " + thrown, thrown);
    }

    /** On a stream the step ran before the batch began, and its view is the streamed input's; in a batch run it runs here. */
    private <C extends Record> Dataset<Row> streamed(String what, PlannedStep.Streaming<C> step) {
        Dataset<Row> input =
                view(etl.streamed().orElse(etl.inputs().get(0)).input().view());
        if (etl.streamed().isPresent()) {
            return input;
        }
        try {
            return step.strategy().transform(input, step.configuration());
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw failure(what, step.strategy(), failed);
        }
    }
}
