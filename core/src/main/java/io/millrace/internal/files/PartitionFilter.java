package io.millrace.internal.files;

import io.millrace.internal.spark.PartitionPath;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.SparkErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Finds the files of the partitions that a request means. Partition values are texts, as folders have them. */
record PartitionFilter(SparkSession session, FileTarget target) {

    private static final String FOLDER = "_folder";

    List<WrittenFile> of(CompactionRequest request, List<WrittenFile> files) {
        if (request.where().isEmpty()) {
            return files;
        }
        Map<String, Map<String, @Nullable String>> partitions = new LinkedHashMap<>();
        files.forEach(file -> partitions.put(FileName.folder(file.path()), PartitionPath.values(file.path())));
        Set<String> meant = meant(request.where().get(), columns(partitions), partitions);
        return files.stream()
                .filter(file -> meant.contains(FileName.folder(file.path())))
                .toList();
    }

    private Set<String> meant(
            String predicate, List<String> columns, Map<String, Map<String, @Nullable String>> partitions) {
        StructType type = new StructType();
        for (String column : columns) {
            type = type.add(column, DataTypes.StringType);
        }
        List<Row> rows = new ArrayList<>();
        partitions.forEach((folder, values) -> {
            List<@Nullable Object> row = new ArrayList<>();
            columns.forEach(column -> row.add(values.get(column)));
            row.add(folder);
            rows.add(RowFactory.create(row.toArray()));
        });
        try {
            Set<String> meant = new HashSet<>();
            session.createDataFrame(rows, type.add(FOLDER, DataTypes.StringType))
                    .filter(predicate)
                    .collectAsList()
                    .forEach(row -> meant.add(row.getString(columns.size())));
            return meant;
        } catch (Exception wrong) { // Spark throws AnalysisException without declaring it
            throw SparkErrors.of(
                    "cannot compact " + target + ": " + predicate + " is not about its partition columns ("
                            + (columns.isEmpty() ? "it has none" : String.join(", ", columns)) + ")",
                    wrong);
        }
    }

    private List<String> columns(Map<String, Map<String, @Nullable String>> partitions) {
        Set<String> columns = new LinkedHashSet<>(target.partitionBy());
        partitions.values().forEach(values -> values.keySet().stream()
                .filter(found -> columns.stream().noneMatch(found::equalsIgnoreCase))
                .toList()
                .forEach(columns::add));
        return List.copyOf(columns);
    }
}
