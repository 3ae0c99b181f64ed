package io.millrace.parallelwrite.spark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.expressions.Transform;

/** Looks tables up in the session's catalogs. */
public final class CatalogTables {

    private CatalogTables() {}

    /** Returns a table as it is now; empty where there is none of that name. */
    public static Optional<CatalogTable> find(SparkSession session, TableName name) {
        if (!session.catalog().tableExists(name.sql())
                || !(session.sessionState().catalogManager().catalog(name.catalog()) instanceof TableCatalog tables)) {
            return Optional.empty();
        }
        try {
            Table table = tables.loadTable(Identifier.of(name.namespace().toArray(String[]::new), name.table()));
            Map<String, String> properties = table.properties();
            return Optional.of(new CatalogTable(
                    name,
                    session.table(name.sql()).schema(),
                    partitionColumns(table.partitioning()),
                    properties.getOrDefault(TableCatalog.PROP_PROVIDER, ""),
                    properties.get(TableCatalog.PROP_LOCATION)));
        } catch (NoSuchTableException goneMeanwhile) {
            return Optional.empty();
        }
    }

    private static List<String> partitionColumns(Transform[] partitioning) {
        return Stream.of(partitioning)
                .filter(transform -> transform.name().equals("identity"))
                .map(transform -> String.join(".", transform.references()[0].fieldNames()))
                .toList();
    }
}
