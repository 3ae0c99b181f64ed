package io.millrace.iceberg.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** What a session's settings say of a catalog. */
public final class CatalogConf {

    private CatalogConf() {}

    /** Returns the properties of a catalog, as the catalog itself gets them; none where the session does not know it. */
    public static Map<String, String> of(SparkSession session, String catalog) {
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
