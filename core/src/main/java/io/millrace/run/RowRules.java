package io.millrace.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.millrace.internal.spark.rows.CountedRows;
import io.millrace.internal.spark.rows.CountedRows.Count;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.model.Etl;
import io.millrace.model.Expectation;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.Rejection;
import io.millrace.spi.RowError;
import io.millrace.spi.SourceColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What expectations decide about rows, and after them what one output takes. Of several expectations that a row does not meet, the first one
 * written, other than a warning, decides.
 */
final class RowRules {

    private static final String CODE = "EXPECTATION_NOT_MET";

    private final String etl;
    private final List<Expectation> expectations;
    private final List<OutputRule> ofOutput;

    RowRules(Etl etl) {
        this(etl.name(), etl.expectations(), List.of());
    }

    private RowRules(String etl, List<Expectation> expectations, List<OutputRule> ofOutput) {
        this.etl = etl;
        this.expectations = expectations;
        this.ofOutput = ofOutput;
    }

    /** Nothing is expected: every row passes. */
    static RowRules open() {
        return new RowRules("", List.of(), List.of());
    }

    /** Returns the same with the rules of one output, of which the first one that a row breaks decides. */
    RowRules under(List<OutputRule> others) {
        return new RowRules(etl, expectations, others);
    }

    private boolean sorts() {
        return !ofOutput.isEmpty() || has(Otherwise.DROP) || has(Otherwise.DEAD_LETTER);
    }

    /** Returns whether there are expectations of a kind. */
    boolean has(Otherwise otherwise) {
        return expectations.stream().anyMatch(each -> each.otherwise() == otherwise);
    }

    /** Says for which rows a policy decides. */
    Column decides(Otherwise otherwise) {
        Column decision = otherwise == Otherwise.DEAD_LETTER ? broken() : lit(false);
        for (int i = expectations.size() - 1; i >= 0; i--) {
            Expectation each = expectations.get(i);
            if (each.otherwise() == Otherwise.DROP || each.otherwise() == Otherwise.DEAD_LETTER) {
                decision =
                        when(violated(each), lit(each.otherwise() == otherwise)).otherwise(decision);
            }
        }
        return decision;
    }

    /** Returns what counts, for each expectation, the rows that do not meet it. */
    List<Count> counters() {
        List<Count> counters = new ArrayList<>();
        expectations.forEach(each -> counters.add(new Count(counter(each), violated(each))));
        return counters;
    }

    /** Returns how many rows did not meet each expectation, from what the counters found. */
    Map<String, Long> unmet(CountedRows counted) {
        Map<String, Long> unmet = new LinkedHashMap<>();
        expectations.forEach(each -> unmet.put(each.name(), counted.count(counter(each))));
        return unmet;
    }

    private static String counter(Expectation expectation) {
        return "expectation " + expectation.name();
    }

    /** Returns the rows that go on; a row that does not meet an expectation of kind fail fails the job. */
    Dataset<Row> passed(Dataset<Row> rows) {
        Dataset<Row> passed = rows;
        for (Expectation each : expectations) {
            if (each.otherwise() == Otherwise.FAIL) {
                Column message = concat(
                        lit("ETL " + etl + ": expectation " + each.name() + " is not met: " + each.that()
                                + " is not true for "),
                        to_json(struct(ColumnNames.allBut(rows, SourceColumn.NAME))));
                passed = passed.filter(
                        when(violated(each), RowError.raise(message).cast("boolean"))
                                .otherwise(lit(true)));
            }
        }
        Dataset<Row> sorted = sorts()
                ? passed.filter(decides(Otherwise.DROP)
                        .or(decides(Otherwise.DEAD_LETTER))
                        .equalTo(lit(false)))
                : passed;
        Dataset<Row> fitted = sorted;
        for (OutputRule rule : ofOutput) {
            fitted = rule.fitted(fitted);
        }
        return fitted;
    }

    /** Returns the rows that only the output's rules keep from it, with their rejection; empty where it has none. */
    Optional<Dataset<Row>> refused(Dataset<Row> rows) {
        if (ofOutput.isEmpty()) {
            return Optional.empty();
        }
        RowRules expected = new RowRules(etl, expectations, List.of());
        return Optional.of(rows.filter(expected.decides(Otherwise.DROP).equalTo(lit(false)))
                .filter(expected.decides(Otherwise.DEAD_LETTER).equalTo(lit(false)))
                .filter(broken())
                .withColumn(Rejection.COLUMN, rejection()));
    }

    private Column broken() {
        return ofOutput.stream().map(OutputRule::broken).reduce(lit(false), Column::or);
    }

    private Column rejection() {
        Column rejection = lit(null).cast(Rejection.TYPE);
        for (int i = ofOutput.size() - 1; i >= 0; i--) {
            rejection =
                    when(ofOutput.get(i).broken(), ofOutput.get(i).rejection()).otherwise(rejection);
        }
        return rejection;
    }

    /** Returns the rows that expectations send to the dead letters, with their rejection. */
    Dataset<Row> deadLetters(Dataset<Row> rows) {
        Column rejection = lit(null).cast(Rejection.TYPE);
        for (int i = expectations.size() - 1; i >= 0; i--) {
            Expectation each = expectations.get(i);
            if (each.otherwise() == Otherwise.DEAD_LETTER) {
                Column reason = lit("expectation " + each.name() + " is not met: " + each.that() + " is not true");
                rejection = when(violated(each), Rejection.of(DeadLetterStage.EXPECTATION, CODE, reason))
                        .otherwise(rejection);
            }
        }
        return rows.filter(decides(Otherwise.DEAD_LETTER)).withColumn(Rejection.COLUMN, rejection);
    }

    private static Column violated(Expectation expectation) {
        return coalesce(expr(expectation.that()).cast("boolean"), lit(false)).equalTo(lit(false));
    }
}
