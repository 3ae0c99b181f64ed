package io.millrace.run;

import static org.apache.spark.sql.functions.expr;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.rows.CountedRows;
import io.millrace.internal.spark.rows.CountedRows.Count;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.DeadLetters;
import io.millrace.spi.RunMode;
import io.millrace.spi.SparkErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Writes one batch to one output, and sees to it that the numbers add up. */
final class OutputWriter {

    private static final String ROWS_IN = "rows in";
    private static final String DROPPED = "dropped";
    private static final String DEAD = "dead";

    private final PlannedOutput output;
    private final @Nullable String replaces;
    private final RowRules rules;
    private final WriteLog log;

    /** @param replaces as in {@link Batch#replaces} */
    OutputWriter(PlannedOutput output, @Nullable String replaces, RowRules rules, WriteLog log) {
        this.output = output;
        this.replaces = replaces;
        this.rules = rules;
        this.log = log;
    }

    /**
     * Writes the rows of an ETL's result that this output takes.
     *
     * @throws MillraceException where the batch is not committed, or nobody knows
     */
    OutputNumbers write(BatchId id, RunMode mode, Dataset<Row> result, DeadLetters deadLetters) {
        CountedRows counted = counted(chosen(result));
        Dataset<Row> passed = rules.passed(counted.rows());
        Batch batch = new Batch(id, passed, mode, deadLetters, replaces, () -> CountedRows.uncounted(passed));
        log.beforeWrite();
        CommitOutcome outcome = outcome(batch);
        log.afterWrite(outcome);
        if (outcome instanceof CommitOutcome.AlreadyCommitted replay) {
            return new OutputNumbers(
                    output.output().model(),
                    0,
                    Counts.NONE,
                    1,
                    List.of(replay.commit()),
                    Map.of(),
                    List.of(),
                    List.of());
        }
        if (outcome instanceof CommitOutcome.Committed committed) {
            return numbers(counted, committed);
        }
        throw outcome instanceof CommitOutcome.Rejected rejected
                ? rejected.reason()
                : ((CommitOutcome.Unknown) outcome).reason();
    }

    PlannedOutput output() {
        return output;
    }

    /** Returns the rows that only its own rules keep from this output, with their rejection; empty where there can be none. */
    Optional<Dataset<Row>> refused(Dataset<Row> result) {
        return rules.refused(chosen(result));
    }

    private Dataset<Row> chosen(Dataset<Row> result) {
        return output.output().where().map(where -> result.filter(expr(where))).orElse(result);
    }

    private CountedRows counted(Dataset<Row> rows) {
        List<Count> counts = new ArrayList<>(rules.counters());
        counts.add(Count.all(ROWS_IN));
        counts.add(new Count(DROPPED, rules.decides(Otherwise.DROP)));
        counts.add(new Count(DEAD, rules.decides(Otherwise.DEAD_LETTER)));
        return CountedRows.of(rows, counts);
    }

    private CommitOutcome outcome(Batch batch) {
        @Nullable CommitOutcome outcome;
        try {
            outcome = output.sink().write(batch);
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            return unknown(SparkErrors.of("output " + output.id(), failed));
        } catch (Error broken) {
            log.afterWrite(unknown(SparkErrors.of("output " + output.id(), broken)));
            throw broken;
        }
        return outcome == null
                ? unknown(MillraceException.plugin("output " + output.id() + ": its sink returned null", null))
                : outcome;
    }

    /** Whoever threw may have committed before: only what a sink returns says that the batch is not in the target. */
    private static CommitOutcome.Unknown unknown(MillraceException thrown) {
        return new CommitOutcome.Unknown(thrown.saying(thrown.getMessage()
                + "; whether the batch is in the target is not known: the same batch, written again, finds out"));
    }

    private OutputNumbers numbers(CountedRows counted, CommitOutcome.Committed committed) {
        long rowsIn = counted.count(ROWS_IN);
        Counts counts = committed.counts().plus(new Counts(0, counted.count(DROPPED), counted.count(DEAD), 0, 0));
        if (counts.sum() != rowsIn) {
            throw MillraceException.internal(
                    "output " + output.id() + ": the numbers do not add up: " + rowsIn + " rows in, but " + counts,
                    null);
        }
        return new OutputNumbers(
                output.output().model(),
                rowsIn,
                counts,
                0,
                committed.commit().isEmpty() ? List.of() : List.of(committed.commit()),
                rules.unmet(counted),
                committed.details().isEmpty() ? List.of() : List.of(committed.details()),
                committed.warnings());
    }
}
