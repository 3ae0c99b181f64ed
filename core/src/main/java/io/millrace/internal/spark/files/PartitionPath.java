package io.millrace.internal.spark.files;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.jspecify.annotations.Nullable;

/** Reads the folders that partitioned files lie in. */
public final class PartitionPath {

    private PartitionPath() {}

    /**
     * Returns the partition values of a file, in order and as texts.
     *
     * @param path relative to the table's folder, such as {@code day=2024-01-03/city=K%3Aoln/part-0.parquet}
     * @return column to value, null for the partition of NULL; folders without {@code =} are left out
     */
    public static Map<String, @Nullable String> values(String path) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        String[] parts = path.split("/", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                String value = ExternalCatalogUtils.unescapePathName(parts[i].substring(equals + 1));
                values.put(
                        ExternalCatalogUtils.unescapePathName(parts[i].substring(0, equals)),
                        value.equals(ExternalCatalogUtils.DEFAULT_PARTITION_NAME()) ? null : value);
            }
        }
        return Collections.unmodifiableMap(values);
    }
}
