package io.millrace.internal.files;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.SqlCondition;
import io.millrace.internal.spark.SqlSyntax;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.jspecify.annotations.Nullable;

/**
 * Which of the files that are in a folder a batch takes the place of. Files are replaced whole, so a condition can only be on the columns that their
 * folders are named by.
 *
 * @param target where the batch is written, and how
 * @param condition says which rows are replaced, as {@link io.millrace.spi.Batch#replaces}; null for what the save mode says
 */
public record ReplacedFiles(FileTarget target, @Nullable String condition) {

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
     * Fails where the condition is on other columns than those of the folders.
     *
     * @throws MillraceException of kind USER
     */
    void check() {
        if (condition == null) {
            return;
        }
        try {
            problem(SqlCondition.parse(condition).columns(), target.partitionBy())
                    .ifPresent(problem -> {
                        throw MillraceException.user(
                                target + ": the rows where " + condition + " cannot be replaced: " + problem);
                    });
        } catch (SqlSyntax.SyntaxException wrong) {
            throw MillraceException.user(target + ": " + condition + " is not a condition: " + wrong.getMessage());
        }
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
            return new PartitionFilter("cannot write " + target, rows.sparkSession(), target)
                    .typed(rows.schema())
                    .of(Optional.of(condition), there);
        }
        if (!ofSameFolders()) {
            return there;
        }
        Set<String> folders =
                created.stream().map(file -> FileName.folder(file.path())).collect(Collectors.toSet());
        return there.stream()
                .filter(file -> folders.contains(FileName.folder(file.path())))
                .toList();
    }

    private boolean ofSameFolders() {
        return condition == null && target.sameFoldersOnly();
    }

    /** Returns how the marker of the batch names what it did. */
    String word() {
        return condition == null ? target.saveMode().name().toLowerCase(Locale.ROOT) : "replace";
    }
}
