package io.millrace.internal.spark.delta;

import io.millrace.config.AllowedWords;
import io.millrace.config.MillraceException;
import io.millrace.spi.OverwriteMode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Overwriting of single partitions, as Spark's writers of files and of Delta tables do it. */
public final class PartitionOverwrite {

    private static final String OPTION = "partitionOverwriteMode";

    private PartitionOverwrite() {}

    /** Returns a writer's options with the one that says what an overwrite replaces, unless it is there; else a setting of the session would decide. */
    public static Map<String, String> options(Map<String, String> others, OverwriteMode mode) {
        Map<String, String> options = new LinkedHashMap<>(others);
        options.putIfAbsent(OPTION, AllowedWords.kebab(mode));
        return options;
    }

    /**
     * Sees to it that a table has partitions which a batch can replace: of one without, Spark would replace all rows.
     *
     * @param words names the table in the message
     * @throws MillraceException of kind USER where it has none
     */
    public static void requirePartitions(String words, boolean partitioned) {
        if (!partitioned) {
            throw MillraceException.user(
                    words
                            + " has no partitions that a batch could replace; write overwrite = static to replace all rows, or partition the table");
        }
    }
}
