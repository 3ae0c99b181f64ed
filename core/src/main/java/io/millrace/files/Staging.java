package io.millrace.files;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import scala.jdk.javaapi.FutureConverters;

/** Where Spark writes an attempt's files before they get their final names. Readers do not see it. */
final class Staging {

    private static final long METRICS_SECONDS = 30;

    private final FileSystem files;
    private final Path folder;

    Staging(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /**
     * Writes rows.
     *
     * @return how many, counted by Spark while it wrote: a task that is tried again counts once
     */
    long write(Dataset<Row> rows, FileTarget target) {
        Observation written = new Observation();
        rows.observe(written, count(lit(1)).as("rows"))
                .write()
                .format(target.format())
                .options(target.storage())
                .options(target.options())
                // A task's files are moved when it has succeeded, all of them at once; version 2 moves them while
                // others may still fail.
                .option("mapreduce.fileoutputcommitter.algorithm.version", "1")
                .partitionBy(target.partitionBy().toArray(String[]::new))
                .mode(SaveMode.Overwrite)
                .save(folder.toString());
        return counted(written, rows, target);
    }

    /** Returns what lies here, sorted. */
    List<WrittenFile> content() throws IOException {
        return new Folder(files, folder).dataFiles();
    }

    Path path(String relative) {
        return new Path(folder, relative);
    }

    void delete() throws IOException {
        files.delete(folder, true);
    }

    /** The number comes by Spark's event queue, which drops events when it is overrun; the files themselves are counted then. */
    private long counted(Observation written, Dataset<Row> rows, FileTarget target) {
        CompletableFuture<Row> metrics =
                FutureConverters.asJava(written.future()).toCompletableFuture();
        try {
            Row row = metrics.get(METRICS_SECONDS, TimeUnit.SECONDS);
            if (row.length() == 1) {
                return row.getLong(0);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        } catch (ExecutionException | TimeoutException lost) {
            // counted below
        }
        return rows.sparkSession()
                .read()
                .format(target.format())
                .schema(rows.schema())
                .options(target.storage())
                .options(Map.copyOf(target.options()))
                .load(folder.toString())
                .count();
    }
}
