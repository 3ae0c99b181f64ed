package io.millrace.files;

import io.millrace.spark.Measured;
import io.millrace.spark.Measured.Count;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** Where Spark writes an attempt's files before they get their final names. Readers do not see it. */
final class Staging {

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
        Measured counted = Measured.of(rows, Count.all("rows"));
        counted.rows()
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
        long written = counted.count("rows");
        return written > 0 ? written : countedAgain(rows, target);
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

    /** Zero decides that nothing is kept. It may also mean that Spark has lost the count, so the files are asked. */
    private long countedAgain(Dataset<Row> rows, FileTarget target) {
        return rows.sparkSession()
                .read()
                .format(target.format())
                .schema(rows.schema())
                .options(target.storage())
                .options(target.options())
                .load(folder.toString())
                .count();
    }
}
