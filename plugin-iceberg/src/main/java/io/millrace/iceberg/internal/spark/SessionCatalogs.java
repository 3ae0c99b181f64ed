package io.millrace.iceberg.internal.spark;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.ActiveSession;
import io.millrace.spi.SparkErrors;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.spark.source.HasIcebergCatalog;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import scala.jdk.javaapi.CollectionConverters;

/** The catalogs that a session knows by its settings. */
public final class SessionCatalogs {

    private SessionCatalogs() {}

    /**
     * Opens a catalog that the session's settings name; else Spark would open it at its first use, and by the settings of whichever session is
     * active on the thread then.
     *
     * @throws MillraceException where it cannot be opened
     */
    public static void open(SparkSession session, String catalog) {
        try {
            ActiveSession.in(
                    session, () -> session.sessionState().catalogManager().catalog(catalog));
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw SparkErrors.of("cannot open the catalog " + catalog, failed);
        }
    }

    /** Returns whether a catalog is one of Iceberg's. */
    public static boolean isIceberg(SparkSession session, String catalog) {
        try {
            return ActiveSession.in(session, () -> {
                CatalogManager catalogs = session.sessionState().catalogManager();
                return catalogs.isCatalogRegistered(catalog) && catalogs.catalog(catalog) instanceof HasIcebergCatalog;
            });
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            throw SparkErrors.of("cannot open the catalog " + catalog, failed);
        }
    }

    /** Returns the properties of a catalog, as the catalog itself gets them; none where the session does not know it. */
    public static Map<String, String> properties(SparkSession session, String catalog) {
        String prefix = "spark.sql.catalog." + catalog + ".";
        Map<String, String> properties = new HashMap<>();
        CollectionConverters.asJava(session.conf().getAll()).forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                properties.put(key.substring(prefix.length()), value);
            }
        });
        return properties;
    }
}
