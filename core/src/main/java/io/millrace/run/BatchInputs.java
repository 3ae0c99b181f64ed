package io.millrace.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.config.MillraceException;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedInput;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Rejection;
import io.millrace.spi.RowError;
import io.millrace.spi.SourceColumn;
import io.millrace.spi.SparkErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The inputs of one batch: read, decoded, counted. */
final class BatchInputs {

    private final EtlPlan etl;
    private final PinnedLookups lookups;
    private final Map<String, Dataset<Row>> views = new LinkedHashMap<>();
    private final Map<String, CountedInput> counted = new LinkedHashMap<>();
    private final Map<String, Decoded> decoded = new LinkedHashMap<>();

    /** Records of an input that is decoded, good and bad. */
    private record Decoded(DecodingSource source, Dataset<Row> records) {

        Dataset<Row> undecodable() {
            return records.filter(col(Rejection.COLUMN).isNotNull())
                    .select(col(SourceColumn.NAME), col(Rejection.COLUMN));
        }
    }

    private BatchInputs(EtlPlan etl, PinnedLookups lookups) {
        this.etl = etl;
        this.lookups = lookups;
    }

    /**
     * Reads the inputs, lazily.
     *
     * @param lookups what they have looked up for this batch
     * @param given records of inputs that are not to be read, by view: those of a micro-batch, or of a replay
     */
    static BatchInputs read(EtlPlan etl, ReadContext context, PinnedLookups lookups, Map<String, Dataset<Row>> given) {
        BatchInputs inputs = new BatchInputs(etl, lookups);
        for (PlannedInput input : etl.inputs()) {
            try {
                @Nullable Dataset<Row> records = given.get(input.input().view());
                Dataset<Row> rows = records == null ? input.source().read(context) : records;
                inputs.add(input, rows);
            } catch (Exception unreadable) { // Spark throws checked exceptions without declaring them
                throw unreadable(etl, input, unreadable);
            }
        }
        return inputs;
    }

    /** Says which input it is that cannot be read. */
    static MillraceException unreadable(EtlPlan etl, PlannedInput input, Exception thrown) {
        return SparkErrors.of(
                "ETL " + etl.name() + ", input " + input.input().view() + " ("
                        + input.source().description() + ")",
                thrown);
    }

    /** Returns the decoded rows by view. */
    Map<String, Dataset<Row>> views() {
        return views;
    }

    /**
     * Returns the records that could not be decoded, of the inputs that are part of the result: their source and their rejection. They were kept on
     * the way, where they were few and an action has run through all records; else they are computed apart from the views.
     *
     * @param computed whether an action on the result has run in this attempt
     */
    List<Dataset<Row>> undecodable(Dataset<Row> result, boolean computed) {
        List<Dataset<Row>> found = new ArrayList<>();
        counted.forEach((view, input) -> {
            Decoded records = decoded.get(view);
            if (records != null && input.counted().isPartOf(result)) {
                Dataset<Row> undecodable =
                        computed ? input.kept(result).orElseGet(records::undecodable) : records.undecodable();
                found.add(records.source.withOriginals(undecodable));
            }
        });
        return found;
    }

    /** Returns rows that become dead letters, with all that can be told of where they come from. With several inputs nobody knows which one it is. */
    Dataset<Row> withOriginals(Dataset<Row> rows) {
        return decoded.size() == 1 && SourceColumn.in(rows.schema())
                ? decoded.values().iterator().next().source.withOriginals(rows)
                : rows;
    }

    /** Begins to count: what steps have looked at so far does not. */
    void begin() {
        counted.values().forEach(input -> input.counted().forget());
    }

    /** Returns the numbers of the inputs that are part of the result; to be called after an action on it. */
    List<InputNumbers> numbers(Dataset<Row> result) {
        return counted.values().stream()
                .filter(input -> input.counted().isPartOf(result))
                .map(input -> input.numbers(result))
                .toList();
    }

    private void add(PlannedInput input, Dataset<Row> raw) {
        String view = input.input().view();
        if (input.source() instanceof DecodingSource source) {
            addDecoded(view, source, isDecodedOnStream(input) ? raw : lookups.decode(source, view, raw));
        } else if (input.streamed() || etl.keepsEveryRow()) {
            CountedInput records = CountedInput.plain(view, raw);
            counted.put(view, records);
            views.put(view, records.counted().rows());
        } else {
            views.put(view, raw); // counting would keep Spark from skipping what the steps filter out
        }
    }

    /** A streaming step needs decoded rows, so there decoding happened before the batch began. */
    private boolean isDecodedOnStream(PlannedInput input) {
        return input.streamed() && etl.streamingStep().isPresent();
    }

    private void addDecoded(String view, DecodingSource source, Dataset<Row> rows) {
        CountedInput records = CountedInput.decoded(view, rows);
        counted.put(view, records);
        views.put(view, good(records.counted().rows()).drop(Rejection.COLUMN));
        decoded.put(view, new Decoded(source, rows));
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
