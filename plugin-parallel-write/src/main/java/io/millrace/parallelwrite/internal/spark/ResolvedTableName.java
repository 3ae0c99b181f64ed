package io.millrace.parallelwrite.internal.spark;

import io.millrace.config.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A table's name, resolved as far as the session's current catalog and database say.
 *
 * @param catalog the catalog's name
 * @param namespace the database; may have several parts, or none
 * @param table the table's own name
 */
public record ResolvedTableName(String catalog, List<String> namespace, String table) {

    /** Copies the list. */
    public ResolvedTableName {
        namespace = List.copyOf(namespace);
    }

    /**
     * Reads a name as SQL writes it. What is no name, but a piece of SQL, is refused.
     *
     * @throws MillraceException of kind USER where it is not a name
     */
    public static ResolvedTableName of(SparkSession session, String written) {
        List<String> parts = parts(written);
        CatalogManager catalogs = session.sessionState().catalogManager();
        List<String> before = new ArrayList<>(parts.subList(0, parts.size() - 1));
        String table = parts.get(parts.size() - 1);
        if (before.isEmpty()) {
            return new ResolvedTableName(catalogs.currentCatalog().name(), List.of(catalogs.currentNamespace()), table);
        }
        boolean named = catalogs.isCatalogRegistered(before.get(0));
        String catalog = named ? before.remove(0) : catalogs.currentCatalog().name();
        return new ResolvedTableName(catalog, before, table);
    }

    /** Returns the name with all its parts in backticks. */
    public String sql() {
        return namespaceSql() + "." + SqlText.identifier(table);
    }

    /** Returns the name of the database with all its parts in backticks. */
    public String namespaceSql() {
        List<String> parts = new ArrayList<>(List.of(catalog));
        parts.addAll(namespace);
        return parts.stream().map(SqlText::identifier).collect(Collectors.joining("."));
    }

    /** Returns the name for people: {@code database.table}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>(namespace);
        parts.add(table);
        return String.join(".", parts);
    }

    /** Not by the session's own parser: that one puts settings in place of <code>${…}</code>. */
    private static List<String> parts(String written) {
        try {
            return CollectionConverters.asJava(CatalystSqlParser$.MODULE$.parseMultipartIdentifier(written));
        } catch (Exception noName) { // a ParseException, which Spark does not declare
            throw MillraceException.user(
                    "\"" + written
                            + "\" is not the name of a table as SQL writes it; put a part that is not a plain word in `backticks`",
                    noName);
        }
    }
}
