package io.millrace.run;

import io.millrace.internal.files.CommittedFiles;
import io.millrace.internal.files.FileTarget;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Delivery;
import io.millrace.spi.OutputId;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsCommitHistory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Parquet files, exactly once. */
record ParquetSink(Path folder) implements Sink, SupportsCommitHistory {

    @Override
    public String description() {
        return "parquet files in " + folder;
    }

    @Override
    public Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    public CommitOutcome write(Batch batch) {
        return files().write(batch, batch.data()).outcome();
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output) {
        return files().lastBatches(session, output);
    }

    private CommittedFiles files() {
        return new CommittedFiles(FileTarget.append(folder.toString(), "parquet"));
    }

    Dataset<Row> rows(SparkSession session) {
        return session.read().parquet(folder.toString());
    }

    private boolean holdsFiles() {
        String[] names = folder.toFile().list((parent, name) -> name.endsWith(".parquet"));
        return names != null && names.length > 0;
    }

    List<Long> numbers(SparkSession session) {
        return holdsFiles()
                ? rows(session)
                        .select("n")
                        .orderBy("n")
                        .toJavaRDD()
                        .map(row -> row.getLong(0))
                        .collect()
                : List.of();
    }
}
