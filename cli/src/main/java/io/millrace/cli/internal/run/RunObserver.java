package io.millrace.cli.internal.run;

import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.ProgressDisplay;
import io.millrace.run.EtlResult;
import io.millrace.run.InputNumbers;
import io.millrace.run.RunListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Passes on what a run does, to the report and to the progress display. */
public final class RunObserver implements RunListener {

    private final RunReport report;
    private final ProgressDisplay progress;
    private final SparkTasks tasks;
    private final Map<String, Counters> running = new ConcurrentHashMap<>();

    /** How far an ETL is. */
    private record Counters(long batches, long rows) {

        @Override
        public String toString() {
            return batches == 0
                    ? ""
                    : " " + FormattedValues.batches(batches) + ", " + FormattedValues.count(rows, "row");
        }
    }

    public RunObserver(RunReport report, ProgressDisplay progress, SparkSession session) {
        this.report = report;
        this.progress = progress;
        this.tasks = new SparkTasks(session);
    }

    @Override
    public void etlStarted(String etl) {
        running.put(etl, new Counters(0, 0));
        progress.show(this::line);
    }

    @Override
    public void batchFinished(EtlResult batch) {
        long rows = batch.inputs().stream().mapToLong(InputNumbers::read).sum();
        running.computeIfPresent(
                batch.etl(), (etl, before) -> new Counters(before.batches() + 1, before.rows() + rows));
        progress.quietly(() -> report.batch(batch));
    }

    @Override
    public void etlFinished(EtlResult result) {
        running.remove(result.etl());
        progress.quietly(() -> report.etl(result));
    }

    private String line() {
        return running.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(etl -> etl.getKey() + etl.getValue())
                        .collect(Collectors.joining("; "))
                + tasks.all();
    }
}
