package io.millrace.internal.files;

import io.millrace.internal.spark.files.FileSizes;
import io.millrace.internal.spark.files.FileWrite;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
     * @return how many; a task that is tried again counts once
     */
    long write(Dataset<Row> rows, FileTarget target) {
        Map<String, String> options = new HashMap<>(target.storage());
        options.putAll(target.options());
        // A task's files are moved when it has succeeded, all of them at once; version 2 moves them while others may
        // still fail.
        options.put("mapreduce.fileoutputcommitter.algorithm.version", "1");
        Long size = target.targetFileSize();
        Dataset<Row> sized = size == null ? rows : new FileSizes(size).rebalanced(rows, target.partitionBy());
        return FileWrite.overwrite(folder.toString(), sized, target.format(), target.partitionBy(), options);
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
}
