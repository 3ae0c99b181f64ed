package io.millrace.internal.spark.files;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Columns of folders such as {@code day=2024-01-03}, from the paths of files, whether these are still there or not. */
public final class PathFolders {

    private PathFolders() {}

    /**
     * Returns the value of a folder; null where a path has no such folder, or its text is no such value.
     *
     * @param path of a file, as in {@code _metadata.file_path}
     */
    public static Column column(Column path, StructField folder) {
        String name = folder.name();
        UDF1<String, String> value = file -> value(file, name);
        return functions.udf(value, DataTypes.StringType).apply(path).try_cast(folder.dataType());
    }

    /**
     * Returns the names of the folders in paths. Runs a job.
     *
     * @param paths of files, one column
     * @param root below which folders count, where the paths begin with it
     */
    public static Set<String> names(Dataset<Row> paths, String root) {
        Set<String> names = new LinkedHashSet<>();
        paths.distinct().na().drop().collectAsList().forEach(row -> {
            String path = row.getString(0);
            names.addAll(values(path.startsWith(root) ? path.substring(root.length()) : path)
                    .keySet());
        });
        return names;
    }

    private static @Nullable String value(@Nullable String file, String name) {
        return file == null
                ? null
                : values(file).entrySet().stream()
                        .filter(folder -> folder.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .reduce(null, (outer, inner) -> inner);
    }

    private static Map<String, @Nullable String> values(String path) {
        return PartitionPath.values(SparkPath.fromUrlString(path).toPath().toString());
    }
}
