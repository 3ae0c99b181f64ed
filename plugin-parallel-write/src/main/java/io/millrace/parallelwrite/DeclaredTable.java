package io.millrace.parallelwrite;

import io.millrace.parallelwrite.internal.spark.SqlText;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table that a catalog declares and the session does not have yet.
 *
 * @param name its name with catalog and database, as SQL writes it
 * @param schemaDdl its columns as DDL; null where they are to be taken from what lies in the place
 * @param partitionBy the columns it is partitioned by; empty for none
 * @param location where it lies or will lie, as Hadoop's file systems name it
 */
public record DeclaredTable(String name, @Nullable String schemaDdl, List<String> partitionBy, String location) {

    /** Copies the list. */
    public DeclaredTable {
        partitionBy = List.copyOf(partitionBy);
    }

    /** Returns the same table without its columns. */
    public DeclaredTable withoutColumns() {
        return new DeclaredTable(name, null, List.of(), location);
    }

    /** Returns the statement that creates it, unless it is there. */
    public String createStatement(String provider) {
        String columns = schemaDdl == null ? "" : " (" + schemaDdl + ")";
        String partitions = schemaDdl == null || partitionBy.isEmpty()
                ? ""
                : partitionBy.stream()
                        .map(SqlText::identifier)
                        .collect(Collectors.joining(", ", " PARTITIONED BY (", ")"));
        return "CREATE TABLE IF NOT EXISTS " + name + columns + " USING " + provider + partitions + " LOCATION "
                + SqlText.literal(location);
    }
}
