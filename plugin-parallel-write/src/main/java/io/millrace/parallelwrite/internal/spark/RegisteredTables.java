package io.millrace.parallelwrite.internal.spark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.V1Table;
import org.apache.spark.sql.connector.expressions.Transform;

/** Looks tables up in the session's catalogs. */
public final class RegisteredTables {

    private RegisteredTables() {}

    /** Returns a table as it is now; empty where there is none of that name. */
    public static Optional<RegisteredTable> find(SparkSession session, ResolvedTableName name) {
        if (!session.catalog().tableExists(name.sql())
                || !(session.sessionState().catalogManager().catalog(name.catalog()) instanceof TableCatalog tables)) {
            return Optional.empty();
        }
        try {
            Table table = tables.loadTable(Identifier.of(name.namespace().toArray(String[]::new), name.table()));
            Map<String, String> properties = table.properties();
            return Optional.of(new RegisteredTable(
                    name,
                    session.table(name.sql()).schema(),
                    partitionColumns(table.partitioning()),
                    provider(table, properties.getOrDefault(TableCatalog.PROP_PROVIDER, "")),
                    properties.get(TableCatalog.PROP_LOCATION)));
        } catch (NoSuchTableException goneMeanwhile) {
            return Optional.empty();
        }
    }

    /** A table that Hive made names the class that reads it; what Parquet is, Spark reads and writes as Parquet. */
    private static String provider(Table table, String named) {
        if (!named.equals("hive") || !(table instanceof V1Table hive)) {
            return named;
        }
        String serde = hive.v1Table().storage().serde().getOrElse(() -> "");
        String reader = serde.substring(serde.lastIndexOf('.') + 1);
        return reader.equals("ParquetHiveSerDe") ? "parquet" : named + " (" + reader + ")";
    }

    private static List<String> partitionColumns(Transform[] partitioning) {
        return Stream.of(partitioning)
                .filter(transform -> transform.name().equals("identity"))
                .map(transform -> String.join(".", transform.references()[0].fieldNames()))
                .toList();
    }
}
