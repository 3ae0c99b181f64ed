package io.millrace.iceberg.internal.commit;

import static org.apache.spark.sql.functions.lit;

import io.millrace.iceberg.internal.spark.Ranges;
import io.millrace.internal.spark.ActiveSession;
import io.millrace.internal.spark.rows.SettledRows;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.spark.FileRewriteCoordinator;
import org.apache.iceberg.spark.SparkRewriteTableCatalog;
import org.apache.iceberg.spark.SparkTableCache;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Files that are written and belong to no version of their table yet, so that a commit can take them as often as it needs to.
 *
 * @param files none for no rows
 */
record StagedFiles(List<DataFile> files) {

    /** A catalog of Iceberg's, through which its own compaction writes files that something else commits. */
    private static final String CATALOG = "millrace_iceberg_files";

    StagedFiles {
        files = List.copyOf(files);
    }

    /**
     * Writes rows as a table wants them: its partitions, order, format.
     *
     * @param rows have the table's columns
     * @param options of Iceberg's writer
     * @throws Exception what Spark throws, where a task fails; files of others then stay behind, which nobody reads
     */
    static StagedFiles write(Table table, Dataset<Row> rows, Map<String, String> options) throws Exception {
        SparkSession session = rows.sparkSession();
        return ActiveSession.in(session, () -> {
            if (!Ranges.areSampled(session, table, options)) {
                return write(session, table, withLineage(table, rows), options);
            }
            try (SettledRows settled = SettledRows.of(rows)) {
                return write(session, table, withLineage(table, settled.rows()), options);
            }
        });
    }

    private static StagedFiles write(SparkSession session, Table table, Dataset<Row> rows, Map<String, String> options)
            throws AnalysisException {
        String id = UUID.randomUUID().toString();
        session.conf().set("spark.sql.catalog." + CATALOG, SparkRewriteTableCatalog.class.getName());
        SparkTableCache.get().add(id, table);
        try {
            rows.writeTo(CATALOG + ".`" + id + "`").options(options).append();
            return new StagedFiles(List.copyOf(FileRewriteCoordinator.get().fetchNewFiles(table, id)));
        } finally {
            SparkTableCache.get().remove(id);
            FileRewriteCoordinator.get().clearRewrite(table, id);
        }
    }

    /** A compaction keeps the ids that rows have in tables of version 3; new rows get theirs by the commit. */
    private static Dataset<Row> withLineage(Table table, Dataset<Row> rows) {
        return TableUtil.supportsRowLineage(table)
                ? rows.withColumn(MetadataColumns.ROW_ID.name(), lit(null).cast("bigint"))
                        .withColumn(
                                MetadataColumns.LAST_UPDATED_SEQUENCE_NUMBER.name(),
                                lit(null).cast("bigint"))
                : rows;
    }

    long rows() {
        return files.stream().mapToLong(DataFile::recordCount).sum();
    }

    /** Deletes them, as far as that can be done: to be called only where it is certain that no version has them. */
    void delete(Table table) {
        CatalogUtil.deleteFiles(
                table.io(), files.stream().map(DataFile::location).toList(), "files of a commit that was given up");
    }
}
