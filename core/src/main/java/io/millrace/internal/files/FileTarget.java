package io.millrace.internal.files;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SaveMode;
import org.jspecify.annotations.Nullable;

/**
 * Where and how files are written.
 *
 * @param location a folder
 * @param format Spark's name of a file format, such as {@code parquet}
 * @param options for Spark's writer
 * @param partitionBy columns that become folders; empty for none
 * @param saveMode what to do with files that are there
 * @param storage settings and credentials for this folder only, such as {@code fs.s3a.access.key}; never shown
 * @param sameFoldersOnly with {@link SaveMode#Overwrite}: whether only the files in the folders that a batch has rows for are replaced
 * @param targetFileSize how large files are to be, in bytes; null to have each task write files of its own
 * @param naming how files are called; null for names that say which batch has written them, which compaction needs
 */
public record FileTarget(
        String location,
        String format,
        Map<String, String> options,
        List<String> partitionBy,
        SaveMode saveMode,
        boolean sameFoldersOnly,
        Map<String, String> storage,
        @Nullable Long targetFileSize,
        @Nullable FileNaming naming) {

    /** Copies the collections. */
    public FileTarget {
        options = Map.copyOf(options);
        partitionBy = List.copyOf(partitionBy);
        storage = Map.copyOf(storage);
    }

    /** Files with names that say which batch has written them. */
    public FileTarget(
            String location,
            String format,
            Map<String, String> options,
            List<String> partitionBy,
            SaveMode saveMode,
            boolean sameFoldersOnly,
            Map<String, String> storage,
            @Nullable Long targetFileSize) {
        this(location, format, options, partitionBy, saveMode, sameFoldersOnly, storage, targetFileSize, null);
    }

    /** Returns the same with other names. */
    public FileTarget naming(FileNaming other) {
        return new FileTarget(
                location, format, options, partitionBy, saveMode, sameFoldersOnly, storage, targetFileSize, other);
    }

    /** Appends to a folder, without partitions or options. */
    public static FileTarget append(String location, String format) {
        return new FileTarget(location, format, Map.of(), List.of(), SaveMode.Append, false, Map.of(), null);
    }

    /** Returns the same with other options. */
    public FileTarget options(Map<String, String> others) {
        return new FileTarget(
                location, format, others, partitionBy, saveMode, sameFoldersOnly, storage, targetFileSize, naming);
    }

    /** Returns the same with other partition columns. */
    public FileTarget partitionBy(List<String> columns) {
        return new FileTarget(
                location, format, options, columns, saveMode, sameFoldersOnly, storage, targetFileSize, naming);
    }

    /** Returns the same with another save mode. */
    public FileTarget saveMode(SaveMode mode) {
        return new FileTarget(
                location, format, options, partitionBy, mode, sameFoldersOnly, storage, targetFileSize, naming);
    }

    /** Returns the same that replaces the files in the folders that a batch has rows for, and no others. */
    public FileTarget overwritingSameFolders() {
        return new FileTarget(
                location, format, options, partitionBy, SaveMode.Overwrite, true, storage, targetFileSize, naming);
    }

    /** Returns the same with other settings of the storage. */
    public FileTarget storage(Map<String, String> settings) {
        return new FileTarget(
                location, format, options, partitionBy, saveMode, sameFoldersOnly, settings, targetFileSize, naming);
    }

    /** Returns the same with files of about a size, in bytes. */
    public FileTarget targetFileSize(long bytes) {
        return new FileTarget(
                location, format, options, partitionBy, saveMode, sameFoldersOnly, storage, bytes, naming);
    }

    /** Leaves out the options and the storage's settings: they may hold secrets. */
    @Override
    public String toString() {
        return format + " files in " + location;
    }
}
