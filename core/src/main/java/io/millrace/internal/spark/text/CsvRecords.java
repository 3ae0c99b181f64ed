package io.millrace.internal.spark.text;

import io.millrace.internal.spark.ScalaCollections;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Finds records of CSV files again, to tell how they are written and where. A file is read forward, and once where its records are asked for in their
 * order. Each task has a copy.
 */
public final class CsvRecords implements UDF3<String, Long, Long, Row> {

    /** A record's field with its text in UTF-8. */
    public static final String BYTES = "bytes";

    /** A record's field with the number of the line at which it begins, from 1; null where something else than line breaks ends records. */
    public static final String LINE = "line";

    private static final long serialVersionUID = 1L;

    private final SerializableConfiguration storage;
    private final CSVOptions csv;
    private final boolean lines;
    private transient @Nullable CsvFileRecords open;
    private transient @Nullable String file;
    private transient long part;
    private transient long number;
    private transient boolean there;
    private transient boolean closed;

    private CsvRecords(Configuration storage, Map<String, String> options, String timeZone) {
        this.storage = new SerializableConfiguration(storage);
        this.csv = new CSVOptions(ScalaCollections.map(options), false, timeZone);
        this.lines = TextLineNumbers.hasLines(options);
    }

    /**
     * Returns a function of the path of a file, the byte at which a part of it begins, and the number of a record in that part; null where there is
     * no such record any more.
     *
     * @param options of Spark's reader
     */
    public static UserDefinedFunction found(Configuration storage, Map<String, String> options, String timeZone) {
        return functions.udf(
                new CsvRecords(storage, options, timeZone),
                new StructType().add(BYTES, DataTypes.BinaryType).add(LINE, DataTypes.LongType));
    }

    @Override
    public @Nullable Row call(@Nullable String path, @Nullable Long split, @Nullable Long record) throws Exception {
        if (path == null || split == null || record == null) {
            return null;
        }
        CsvFileRecords records = open;
        if (records == null || !path.equals(file) || split != part || record < number) {
            close();
            records = opened(path, split);
        }
        while (records != null && there && number < record) {
            there = records.next();
            number++;
        }
        return records == null || !there
                ? null
                : RowFactory.create(records.text().getBytes(StandardCharsets.UTF_8), lines ? records.line() : null);
    }

    private @Nullable CsvFileRecords opened(String path, long split) throws Exception {
        file = path;
        part = split;
        number = 0;
        there = true;
        closeWithTask();
        try {
            open = csv.multiLine()
                    ? new CsvWholeFile(
                            storage.value(), SparkPath.fromUrlString(path).toPath(), csv)
                    : new CsvLines(storage.value(), path, split, csv);
        } catch (FileNotFoundException gone) {
            open = null;
        }
        return open;
    }

    private void closeWithTask() {
        @Nullable TaskContext task = TaskContext.get();
        if (task != null && !closed) {
            closed = true;
            TaskCompletionListener listener = done -> close();
            task.addTaskCompletionListener(listener);
        }
    }

    private void close() {
        CsvFileRecords records = open;
        if (records != null) {
            records.close();
        }
        open = null;
    }
}
