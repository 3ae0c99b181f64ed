package io.millrace.internal.files;

import static org.apache.spark.sql.functions.col;

import io.millrace.internal.spark.files.PartitionPath;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.spi.SparkErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of the partitions that a condition means.
 *
 * @param doing what it is for, as the beginning of a message: {@code cannot compact parquet files in /lake/orders}
 * @param types those of the partition columns; a column that is not there is a text, as folders have it
 */
record PartitionFilter(String doing, SparkSession session, FileTarget target, StructType types) {

    private static final String FOLDER = "_folder";

    /** A filter by texts. */
    PartitionFilter(String doing, SparkSession session, FileTarget target) {
        this(doing, session, target, new StructType());
    }

    /** Returns the same for partition columns of these types; what a folder has and the type has not counts as NULL. */
    PartitionFilter typed(StructType columns) {
        return new PartitionFilter(doing, session, target, columns);
    }

    List<WrittenFile> of(Optional<String> predicate, List<WrittenFile> files) {
        if (predicate.isEmpty()) {
            return files;
        }
        Map<String, Map<String, @Nullable String>> partitions = new LinkedHashMap<>();
        files.forEach(file -> partitions.put(DataFileName.folder(file.path()), PartitionPath.values(file.path())));
        Set<String> meant = meant(predicate.get(), columns(partitions), partitions);
        return files.stream()
                .filter(file -> meant.contains(DataFileName.folder(file.path())))
                .toList();
    }

    private Set<String> meant(
            String predicate, List<String> columns, Map<String, Map<String, @Nullable String>> partitions) {
        StructType type = new StructType();
        for (String column : columns) {
            type = type.add(column, DataTypes.StringType);
        }
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Map<String, @Nullable String>> folder : partitions.entrySet()) {
            List<@Nullable Object> row = new ArrayList<>();
            columns.forEach(column -> row.add(value(folder.getValue(), column)));
            row.add(folder.getKey());
            rows.add(RowFactory.create(row.toArray()));
        }
        try {
            Set<String> meant = new HashSet<>();
            session.createDataFrame(rows, type.add(FOLDER, DataTypes.StringType))
                    .select(typed(columns))
                    .filter(predicate)
                    .collectAsList()
                    .forEach(row -> meant.add(row.getString(columns.size())));
            return meant;
        } catch (Exception wrong) { // Spark throws AnalysisException without declaring it
            throw SparkErrors.of(
                    doing + ": " + predicate + " is not about its partition columns ("
                            + (columns.isEmpty() ? "it has none" : String.join(", ", columns)) + ")",
                    wrong);
        }
    }

    /** Whatever the case in which the folder writes the column's name, as for Spark's readers. */
    private static @Nullable String value(Map<String, @Nullable String> values, String column) {
        for (Map.Entry<String, @Nullable String> each : values.entrySet()) {
            if (each.getKey().equalsIgnoreCase(column)) {
                return each.getValue();
            }
        }
        return null;
    }

    private Column[] typed(List<String> columns) {
        List<Column> typed = new ArrayList<>();
        for (String column : columns) {
            Column text = ColumnNames.column(column);
            typed.add(Stream.of(types.fields())
                    .filter(field -> field.name().equalsIgnoreCase(column))
                    .findFirst()
                    .map(field -> text.try_cast(field.dataType()).as(column))
                    .orElse(text));
        }
        typed.add(col(FOLDER));
        return typed.toArray(Column[]::new);
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
