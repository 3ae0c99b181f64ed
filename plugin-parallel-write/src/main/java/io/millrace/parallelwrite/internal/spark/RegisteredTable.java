package io.millrace.parallelwrite.internal.spark;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A table of the session's catalog.
 *
 * @param name how SQL and the session find it, whatever the current database and the temporary views are
 * @param schema its columns in its order, partition columns included
 * @param partitionColumns the columns whose values make its partitions, in the schema's spelling
 * @param provider Spark's data source, such as {@code parquet}, also of a table that Hive made; {@code hive} and more where Spark has none for it;
 *     empty where the catalog does not say
 * @param place where it lies; null where the catalog does not say
 */
public record RegisteredTable(
        ResolvedTableName name,
        StructType schema,
        List<String> partitionColumns,
        String provider,
        @Nullable String place) {

    /** Copies the list. */
    public RegisteredTable {
        partitionColumns = List.copyOf(partitionColumns);
    }

    /**
     * Returns the table with a declaration's NOT NULL: the catalog forgets it for tables of files. Columns that are declared with another type
     * stay as they are.
     *
     * @param ddl the declared columns
     */
    public RegisteredTable withNullabilityOf(String ddl) {
        StructType declared = StructType.fromDDL(ddl);
        StructField[] fields = Stream.of(schema.fields())
                .map(field -> Stream.of(declared.fields())
                        .filter(other -> sameColumn(field, other))
                        .map(other -> new StructField(
                                field.name(), other.dataType(), field.nullable() && other.nullable(), field.metadata()))
                        .findFirst()
                        .orElse(field))
                .toArray(StructField[]::new);
        return new RegisteredTable(name, new StructType(fields), partitionColumns, provider, place);
    }

    private static boolean sameColumn(StructField one, StructField other) {
        return one.name().equalsIgnoreCase(other.name())
                && one.dataType().catalogString().equals(other.dataType().catalogString());
    }

    /** Returns where it lies. */
    public Optional<String> location() {
        return Optional.ofNullable(place);
    }
}
