package io.millrace.internal.spark.rows;

import io.millrace.config.Causes;
import io.millrace.spi.SparkErrors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Parquet files read one by one, whatever their folders are called. */
public final class ParquetRows {

    private ParquetRows() {}

    /**
     * Returns the rows of files, their columns brought together by name: one that a file lacks is null. Neither a file that is gone nor one that is
     * broken is passed over. The folders the files lie in make no columns.
     *
     * @param paths of files, no patterns
     * @param storage settings of the storage
     */
    public static Dataset<Row> of(SparkSession session, List<String> paths, Map<String, String> storage) {
        return session.read()
                .options(storage)
                .option("mergeSchema", true)
                .option("ignoreMissingFiles", false)
                .option("ignoreCorruptFiles", false)
                .parquet(paths.stream().map(ParquetRows::literally).toArray(String[]::new));
    }

    /** Returns how many rows files say they have. */
    public static long count(List<Path> files, Configuration storage) throws IOException {
        long rows = 0;
        for (Path file : files) {
            try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, storage))) {
                rows += reader.getRecordCount();
            }
        }
        return rows;
    }

    /** Spark takes every path for a pattern. (It can be told not to, and then reads twice what looks like one.) */
    private static String literally(String path) {
        return path.replaceAll("[{}\\[\\]*?\\\\]", "\\\\$0");
    }

    /** Returns which types cannot be brought together, where reading failed because columns of one name have such. */
    public static Optional<String> differingTypes(Throwable failed) {
        boolean differ = false;
        for (Throwable cause : Causes.of(failed)) {
            if (cause instanceof SparkThrowable raised) {
                String condition = String.valueOf(raised.getCondition());
                differ |= condition.startsWith("CANNOT_MERGE_SCHEMAS");
                if (differ && condition.startsWith("CANNOT_MERGE_INCOMPATIBLE_DATA_TYPE")) {
                    Map<String, String> types = raised.getMessageParameters();
                    return Optional.of(types.get("left") + " and " + types.get("right"));
                }
            }
        }
        return differ ? Optional.of(SparkErrors.root(failed)) : Optional.empty();
    }
}
