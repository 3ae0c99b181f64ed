package io.millrace.internal.files;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.files.PartitionPath;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.internal.spark.sql.SqlCondition;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.spi.RowError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * Which of the files that are in a folder a batch takes the place of. Files are replaced whole, so a condition can only be on the columns that their
 * folders are named by.
 *
 * @param target where the batch is written, and how
 * @param condition says which rows are replaced, as {@link io.millrace.spi.Batch#replaces}; null for what the save mode says
 * @param columns those that the condition names
 */
public record ReplacedFiles(FileTarget target, @Nullable String condition, Set<String> columns) {

    /**
     * Returns which files a batch takes the place of.
     *
     * @throws MillraceException of kind USER where the condition is on other columns than those of the folders
     */
    static ReplacedFiles of(FileTarget target, @Nullable String condition) {
        if (condition == null) {
            return new ReplacedFiles(target, null, Set.of());
        }
        Set<String> columns = columns(target, condition);
        problem(columns, target.partitionBy()).ifPresent(problem -> {
            throw MillraceException.user(target + ": the rows where " + condition + " cannot be replaced: " + problem);
        });
        return new ReplacedFiles(target, condition, columns);
    }

    private static Set<String> columns(FileTarget target, String condition) {
        try {
            return SqlCondition.parse(condition).columns();
        } catch (SqlSyntax.SyntaxException wrong) {
            throw MillraceException.user(target + ": " + condition + " is not a condition: " + wrong.getMessage());
        }
    }

    /** Says why files written by these partition columns cannot be replaced by a condition on those columns; empty where they can. */
    public static Optional<String> problem(Set<String> columns, List<String> partitionBy) {
        List<String> others = columns.stream()
                .filter(column -> partitionBy.stream().noneMatch(column::equalsIgnoreCase))
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("files are replaced as a whole, folder by folder, and " + String.join(", ", others)
                        + (others.size() == 1 ? " names no folder" : " name no folders")
                        + "; add it to partition-by, or write a Delta table, of which single rows can be replaced");
    }

    /** Returns whether the batch may replace anything. */
    boolean any() {
        return condition != null || target.saveMode() == SaveMode.Overwrite;
    }

    /** Returns whether a batch without rows replaces something, too. */
    boolean evenByNothing() {
        return any() && !ofSameFolders();
    }

    /**
     * Returns the files that are replaced.
     *
     * @param rows the batch, whose partition columns have the types that the condition means
     * @param created the files that the batch creates
     * @param there all files that are there before it
     */
    List<WrittenFile> among(Dataset<Row> rows, List<WrittenFile> created, List<WrittenFile> there) {
        if (condition != null) {
            there.forEach(this::requireFolders);
            return new PartitionFilter("cannot write " + target, rows.sparkSession(), target)
                    .typed(rows.schema())
                    .of(Optional.of(condition), there);
        }
        if (!ofSameFolders()) {
            return there;
        }
        Set<String> folders =
                created.stream().map(file -> DataFileName.folder(file.path())).collect(Collectors.toSet());
        return there.stream()
                .filter(file -> folders.contains(DataFileName.folder(file.path())))
                .toList();
    }

    /** Of a file without a folder for a column of the condition nobody knows whether its rows are meant. */
    private void requireFolders(WrittenFile file) {
        Set<String> folders = PartitionPath.values(file.path()).keySet();
        columns.stream()
                .filter(column -> folders.stream().noneMatch(column::equalsIgnoreCase))
                .findFirst()
                .ifPresent(column -> {
                    throw MillraceException.user(
                            "cannot write " + target + ": the rows where " + condition + " cannot be replaced: file "
                                    + file.path() + " lies in no folder " + column
                                    + "=…, so which of its rows are meant is not known; move it elsewhere, or write it anew with that column");
                });
    }

    /**
     * Returns the rows of a batch as they may be written: a folder cannot tell an empty text from NULL, so a row with an empty text in a column of the
     * condition fails the batch, which would not find it again.
     */
    Dataset<Row> written(Dataset<Row> rows) {
        Dataset<Row> checked = rows;
        for (String column : columns) {
            for (StructField field : rows.schema().fields()) {
                if (field.name().equalsIgnoreCase(column) && field.dataType() instanceof StringType) {
                    Column message = lit(
                            "cannot write " + target + ": a row has an empty text in " + field.name()
                                    + ", which a folder cannot tell from NULL, so a later run would not replace it; make it NULL, or another text");
                    checked = checked.filter(when(
                                    ColumnNames.column(field.name()).equalTo(""),
                                    RowError.raise(message).cast("boolean"))
                            .otherwise(lit(true)));
                }
            }
        }
        return checked;
    }

    private boolean ofSameFolders() {
        return condition == null && target.sameFoldersOnly();
    }

    /** Returns how the marker of the batch names what it did. */
    String word() {
        return condition == null ? target.saveMode().name().toLowerCase(Locale.ROOT) : "replace";
    }
}
