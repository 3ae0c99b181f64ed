package io.millrace.internal.spark.text;

import io.millrace.internal.spark.ScalaCollections;
import java.io.FileNotFoundException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.HadoopFileLinesReader;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import scala.Option;

/** The lines of a part of a file, as Spark's readers tell them apart. */
final class FileLines {

    private FileLines() {}

    /**
     * Opens a part of a file: the lines that belong to it when a task reads it.
     *
     * @param path as in {@code _metadata.file_path}
     * @param from the byte at which it begins
     * @param to the byte before which it ends; {@link Long#MAX_VALUE} for all to the end
     * @param separator what ends a line; empty for line breaks of any kind
     * @throws FileNotFoundException where the file is gone; Hadoop throws it through Spark, which does not declare it
     */
    static HadoopFileLinesReader open(Configuration storage, String path, long from, long to, Option<byte[]> separator)
            throws FileNotFoundException {
        PartitionedFile part = new PartitionedFile(
                InternalRow.empty(),
                SparkPath.fromUrlString(path),
                from,
                to - from,
                new String[0],
                0,
                0,
                ScalaCollections.map(Map.<String, Object>of()));
        return new HadoopFileLinesReader(part, separator, storage);
    }

    /** Counts the lines before a part of a file; reads nothing before the first part. */
    static long before(Configuration storage, String path, long from, Option<byte[]> separator)
            throws FileNotFoundException {
        if (from == 0) {
            return 0;
        }
        long count = 0;
        try (HadoopFileLinesReader lines = open(storage, path, 0, from, separator)) {
            while (lines.hasNext()) {
                lines.next();
                count++;
            }
        }
        return count;
    }
}
