package io.millrace.internal.spark.text;

import io.millrace.internal.spark.ScalaCollections;
import java.io.FileNotFoundException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.execution.datasources.text.TextOptions;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of lines in their files, from those in the part of a file that a task reads. What comes before a part is counted by reading it, once for all
 * lines of a part that follow each other; most files have one part. Each task has a copy.
 */
public final class TextLineNumbers implements UDF3<String, Long, Long, Long> {

    private static final long serialVersionUID = 1L;

    private final SerializableConfiguration storage;
    private final Map<String, String> options;
    private @Nullable String file;
    private long part;
    private @Nullable Long before;

    private TextLineNumbers(Configuration storage, Map<String, String> options) {
        this.storage = new SerializableConfiguration(storage);
        this.options = Map.copyOf(options);
    }

    /**
     * Returns the column with the numbers, from 1; null where the file is gone, or something else than line breaks ends its records.
     *
     * @param options of Spark's reader
     * @param record the number in the part, as {@link RecordNumbers} gives it
     */
    public static Column of(
            Configuration storage, Map<String, String> options, Column path, Column split, Column record) {
        return hasLines(options)
                ? functions
                        .udf(new TextLineNumbers(storage, options), DataTypes.LongType)
                        .apply(path, split, record)
                : functions.lit(null).cast(DataTypes.LongType);
    }

    /** Returns whether line breaks end the records of files that are read with these options. */
    static boolean hasLines(Map<String, String> options) {
        return options.entrySet().stream()
                .filter(option -> option.getKey().toLowerCase(Locale.ROOT).equals("linesep"))
                .allMatch(option -> option.getValue().matches("\r?\n|\r"));
    }

    @Override
    public @Nullable Long call(@Nullable String path, @Nullable Long split, @Nullable Long record) throws Exception {
        if (path == null || split == null || record == null) {
            return null;
        }
        if (!path.equals(file) || split != part) {
            before = before(path, split);
            file = path;
            part = split;
        }
        return before == null ? null : Long.valueOf(before + record);
    }

    private @Nullable Long before(String path, long split) throws Exception {
        try {
            return FileLines.before(
                    Objects.requireNonNull(storage.value()),
                    path,
                    split,
                    new TextOptions(ScalaCollections.map(options)).lineSeparatorInRead());
        } catch (FileNotFoundException gone) {
            return null;
        }
    }
}
