package io.millrace.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.BatchId;
import io.millrace.spi.DeadLetters;
import io.millrace.spi.OutputId;
import io.millrace.spi.Rejection;
import io.millrace.spi.RunMode;
import io.millrace.spi.SourceColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Writes the dead letters of one batch to the ETL's place for them, which is an output like any other. */
final class DeadLetterWriter {

    private final @Nullable PlannedOutput place;
    private final String request;
    private final long number;
    private final RunMode mode;
    private final WriteLog log;
    private final BatchInputs inputs;
    private List<DeadLetterSample> samples = List.of();
    private long written;
    private boolean replayed;

    DeadLetterWriter(
            @Nullable PlannedOutput place,
            String request,
            long number,
            RunMode mode,
            WriteLog log,
            BatchInputs inputs) {
        this.place = place;
        this.request = request;
        this.number = number;
        this.mode = mode;
        this.log = log;
        this.inputs = inputs;
    }

    /** Returns how many were written by this attempt. */
    long written() {
        return written;
    }

    /** Returns the first of them, in short. */
    List<DeadLetterSample> samples() {
        return samples;
    }

    /** Compares what was written with what was counted on the way through the steps. */
    void check(List<InputNumbers> inputs, OutputNumbers output) {
        long undecodable = inputs.stream().mapToLong(InputNumbers::undecodable).sum();
        long counted = undecodable + output.counts().deadLettered();
        if (place != null && !replayed && counted != written) {
            throw MillraceException.internal(
                    "the dead letters of " + output.model() + " do not add up: " + counted + " counted, " + written
                            + " written",
                    null);
        }
    }

    /** Writes what the ETL itself found; nothing where there is nothing. */
    void write(List<Dataset<Row>> found) {
        if (!found.isEmpty() && place != null) {
            write(
                    place,
                    place.id(),
                    found.stream()
                            .map(rows -> letters(rows, place.id()))
                            .reduce(Dataset::unionByName)
                            .orElseThrow());
        }
    }

    /** Returns the way by which the sink of an output hands over its own. They are a batch apart, as they are written before its commit. */
    DeadLetters of(OutputId output) {
        return new DeadLetters() {
            @Override
            public boolean available() {
                return place != null;
            }

            @Override
            public long write(Dataset<Row> rows) {
                if (place == null) {
                    throw MillraceException.internal(
                            "output " + output + " has dead letters but its ETL no place for them", null);
                }
                OutputId own = place.id().lettersOf(output);
                return DeadLetterWriter.this.write(place, own, letters(inputs.withOriginals(rows), own));
            }
        };
    }

    private long write(PlannedOutput target, OutputId id, Dataset<Row> letters) {
        DeadLetterSampler sampled = new DeadLetterSampler(letters);
        OutputNumbers numbers = new OutputWriter(target, null, RowRules.open(), log)
                .write(
                        new BatchId(id, request, number),
                        mode,
                        sampled.rows(),
                        new DeadLetterWriter(null, request, number, mode, log, inputs).of(id));
        samples = DeadLetterSample.first(samples, sampled.first());
        written += numbers.counts().committed();
        replayed |= numbers.replayed() > 0;
        return numbers.counts().committed();
    }

    private Dataset<Row> letters(Dataset<Row> rows, OutputId id) {
        boolean sourced = SourceColumn.in(rows.schema());
        List<Column> columns = new ArrayList<>();
        for (StructField field : SourceColumn.KEPT.fields()) {
            Column value = sourced
                    ? col(SourceColumn.NAME + "." + field.name())
                    : lit(null).cast(field.dataType());
            columns.add(value.as(field.name()));
        }
        Column original =
                sourced ? col(SourceColumn.NAME + ".value") : lit(null).cast("binary");
        columns.add(col(Rejection.COLUMN + ".stage").as("stage"));
        columns.add(col(Rejection.COLUMN + ".reason_code").as("reason_code"));
        columns.add(col(Rejection.COLUMN + ".reason").as("reason"));
        columns.add(when(original.isNull(), json(rows)).as("row"));
        columns.add(original.isNotNull().as("replayable"));
        columns.add(lit(id.etl()).as("etl"));
        columns.add(lit(new BatchId(id, request, number).toString()).as("batch_id"));
        columns.add(current_timestamp().as("failed_at"));
        return rows.select(columns.toArray(Column[]::new));
    }

    /** A row that has lost its source is kept as JSON: it can be read by people, but not be replayed. */
    private static Column json(Dataset<Row> rows) {
        Column[] data = ColumnNames.allBut(rows, SourceColumn.NAME, Rejection.COLUMN);
        return data.length == 0 ? lit(null).cast("string") : coalesce(to_json(struct(data)), lit("{}"));
    }
}
