package io.millrace.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.millrace.config.Causes;
import io.millrace.config.MillraceException;
import io.millrace.model.Trigger;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedStep;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Rejection;
import io.millrace.spi.SourceColumn;
import io.millrace.spi.SparkErrors;
import io.millrace.spi.StreamingSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;

/** Runs an ETL as a stream: each micro-batch is an {@link EtlBatch} whose number is Spark's. */
final class EtlStream {

    private final EtlPlan etl;
    private final ReadContext context;
    private final Checkpoint checkpoint;
    private final StopSignal stop;
    private final RunListener listener;
    private final String pipegraph;

    EtlStream(
            String pipegraph,
            EtlPlan etl,
            ReadContext context,
            Checkpoint checkpoint,
            StopSignal stop,
            RunListener listener) {
        this.pipegraph = pipegraph;
        this.etl = etl;
        this.context = context;
        this.checkpoint = checkpoint;
        this.stop = stop;
        this.listener = listener;
    }

    /** Runs until the stream ends: no more data for one that takes what is available, a failure, or the stop signal. */
    EtlResult run() {
        long started = System.nanoTime();
        AtomicReference<EtlResult> sum = new AtomicReference<>(EtlResult.nothing(etl.name()));
        try {
            try {
                stop.await(start(sum));
            } catch (StreamingQueryException failed) {
                if (!failedAfterCommit(failed)) {
                    throw failed;
                }
                stop.await(start(sum));
            }
        } catch (StreamingQueryException failed) {
            throw SparkErrors.of("ETL " + etl.name(), failed);
        } catch (TimeoutException slow) {
            throw MillraceException.external("ETL " + etl.name() + ": the stream did not start in time", slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw MillraceException.internal("ETL " + etl.name() + ": interrupted", interrupted);
        }
        return sum.get().lasting(Duration.ofNanos(System.nanoTime() - started));
    }

    private StreamingQuery start(AtomicReference<EtlResult> sum) throws TimeoutException {
        PinnedLookups lookups = PinnedLookups.ofStream(etl, checkpoint);
        DeadLetterGuard guard = new DeadLetterGuard(etl.etl());
        return stream()
                .writeStream()
                .queryName(pipegraph + "/" + etl.name())
                .option("checkpointLocation", checkpoint.folder().toString())
                .trigger(trigger(etl.etl().trigger()))
                .foreachBatch((Dataset<Row> rows, Long number) -> {
                    stop.refuseIfStopped();
                    EtlResult batch = batch(lookups, rows, number);
                    sum.updateAndGet(all -> all.plus(batch));
                    listener.batchFinished(batch);
                    guard.check(batch);
                })
                .start();
    }

    private EtlResult batch(PinnedLookups lookups, Dataset<Row> rows, long number) {
        ReadContext own = new ReadContext(rows.sparkSession(), context.slice());
        return new EtlBatch(pipegraph, etl, own, lookups, checkpoint.request(), number, WriteLog.NONE)
                .run(Map.of(etl.streamed().orElseThrow().input().view(), rows));
    }

    private Dataset<Row> stream() {
        PlannedInput input = etl.streamed().orElseThrow();
        StreamingSource source = (StreamingSource) input.source();
        Dataset<Row> raw;
        try {
            raw = source.readStream(context);
        } catch (Exception unreadable) { // Spark throws checked exceptions without declaring them
            throw BatchInputs.unreadable(etl, input, unreadable);
        }
        return etl.streamingStep().isEmpty()
                ? raw
                : transformed(etl.streamingStep().get(), source, raw);
    }

    /** The step sees decoded rows only; those that cannot be decoded go around it, to be sorted out in the batch. */
    private <C extends Record> Dataset<Row> transformed(
            PlannedStep.Streaming<C> step, StreamingSource source, Dataset<Row> raw) {
        if (!(source instanceof DecodingSource decoding)) {
            return applied(step, raw);
        }
        Dataset<Row> decoded = decoding.decode(raw);
        Dataset<Row> good = decoded.filter(col(Rejection.COLUMN).isNull()).drop(Rejection.COLUMN);
        Dataset<Row> bad =
                decoded.filter(col(Rejection.COLUMN).isNotNull()).select(col(SourceColumn.NAME), col(Rejection.COLUMN));
        return applied(step, good)
                .withColumn(Rejection.COLUMN, lit(null).cast(Rejection.TYPE))
                .unionByName(bad, true);
    }

    private <C extends Record> Dataset<Row> applied(PlannedStep.Streaming<C> step, Dataset<Row> rows) {
        try {
            return step.strategy().transform(rows, step.configuration());
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw BatchSteps.failure("ETL " + etl.name() + ", step " + step.name(), step.strategy(), failed);
        }
    }

    private static org.apache.spark.sql.streaming.Trigger trigger(Trigger trigger) {
        if (trigger instanceof Trigger.AvailableNow) {
            return org.apache.spark.sql.streaming.Trigger.AvailableNow();
        }
        long millis = trigger instanceof Trigger.Every every ? every.interval().toMillis() : 0;
        return org.apache.spark.sql.streaming.Trigger.ProcessingTime(millis);
    }

    /**
     * Returns whether a stream failed only in reporting its progress, when the batch was committed and noted: a fault of Spark 4.1.1 (SPARK-57438)
     * that meets the first batch of a Kafka stream where that is one which was begun before a crash. The stream can be started again.
     */
    private static boolean failedAfterCommit(Throwable thrown) {
        return Causes.of(thrown).stream()
                .filter(NullPointerException.class::isInstance)
                .flatMap(cause -> Stream.of(cause.getStackTrace()).limit(1))
                .anyMatch(
                        place -> place.getClassName().startsWith("org.apache.spark.sql.kafka010.KafkaMicroBatchStream")
                                && place.getMethodName().equals("metrics"));
    }
}
