package io.millrace.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedInput;
import io.millrace.spark.Measured;
import io.millrace.spark.Measured.Count;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Rejection;
import io.millrace.spi.RowError;
import io.millrace.spi.SourceColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The inputs of one batch: read, decoded, counted. */
final class BatchInputs {

    private static final String READ = "read";
    private static final String UNDECODABLE = "undecodable";

    private final EtlPlan etl;
    private final Map<String, Dataset<Row>> views = new LinkedHashMap<>();
    private final Map<String, Measured> measured = new LinkedHashMap<>();
    private final List<Dataset<Row>> undecodable = new ArrayList<>();

    private BatchInputs(EtlPlan etl) {
        this.etl = etl;
    }

    /**
     * Reads the inputs, lazily.
     *
     * @param microBatch the rows of the input that streams; null in a batch run
     */
    static BatchInputs read(EtlPlan etl, ReadContext context, @Nullable Dataset<Row> microBatch) {
        BatchInputs inputs = new BatchInputs(etl);
        for (PlannedInput input : etl.inputs()) {
            Dataset<Row> rows = input.streamed() && microBatch != null
                    ? microBatch
                    : input.source().read(context);
            inputs.add(input, rows);
        }
        return inputs;
    }

    /** Returns the decoded rows by view. */
    Map<String, Dataset<Row>> views() {
        return views;
    }

    /** Returns the records that could not be decoded: their source and their rejection. Computed apart from the views. */
    List<Dataset<Row>> undecodable() {
        return undecodable;
    }

    /** Returns the numbers of the inputs that are part of the result; to be called after an action on it. */
    List<InputNumbers> numbers(Dataset<Row> result) {
        List<InputNumbers> numbers = new ArrayList<>();
        measured.forEach((view, rows) -> {
            if (rows.isPartOf(result)) {
                long bad = rows.count(UNDECODABLE);
                numbers.add(new InputNumbers(view, rows.count(READ) - bad, bad));
            }
        });
        return numbers;
    }

    private void add(PlannedInput input, Dataset<Row> raw) {
        String view = input.input().view();
        if (isDecodedOnStream(input)) {
            addDecoded(view, raw);
        } else if (input.source() instanceof DecodingSource source) {
            addDecoded(view, source.decode(raw));
        } else if (input.streamed() || etl.keepsEveryRow()) {
            Measured rows = Measured.of(raw, Count.all(READ), new Count(UNDECODABLE, lit(false)));
            measured.put(view, rows);
            views.put(view, rows.rows());
        } else {
            views.put(view, raw); // counting would keep Spark from skipping what the steps filter out
        }
    }

    /** A streaming step needs decoded rows, so there decoding happened before the batch began. */
    private boolean isDecodedOnStream(PlannedInput input) {
        return input.streamed() && etl.streamingStep().isPresent() && input.source() instanceof DecodingSource;
    }

    private void addDecoded(String view, Dataset<Row> decoded) {
        Measured rows = Measured.of(
                decoded,
                Count.all(READ),
                new Count(UNDECODABLE, col(Rejection.COLUMN).isNotNull()));
        measured.put(view, rows);
        views.put(view, good(rows.rows()).drop(Rejection.COLUMN));
        undecodable.add(decoded.filter(col(Rejection.COLUMN).isNotNull())
                .select(col(SourceColumn.NAME), col(Rejection.COLUMN)));
    }

    /** Without a place for dead letters, a record that cannot be decoded fails the batch: nothing vanishes. */
    private Dataset<Row> good(Dataset<Row> decoded) {
        if (etl.deadLetters().isPresent()) {
            return decoded.filter(col(Rejection.COLUMN).isNull());
        }
        return decoded.filter(when(col(Rejection.COLUMN).isNull(), lit(true))
                .otherwise(RowError.raise(concat(
                                lit("ETL " + etl.name() + ": a record cannot be decoded: "),
                                col(Rejection.COLUMN + ".reason"),
                                lit("; add dead-letters = MODEL to the ETL to keep such records aside")))
                        .cast("boolean")));
    }
}
