package io.millrace.iceberg.internal.action;

import io.millrace.config.MillraceException;
import io.millrace.iceberg.internal.catalog.CatalogSettings;
import io.millrace.iceberg.internal.spark.SessionCatalogs;
import io.millrace.internal.spark.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Where the versions of a table lie.
 *
 * @param metadata the folder with their files
 * @param files reads it
 */
public record TableFolder(String metadata, SupportsPrefixOperations files) {

    /** Of a table that the catalog has; in a folder that is given, or in its own. */
    public static TableFolder of(Table table, @Nullable String location) {
        String own = table.properties()
                .getOrDefault(TableProperties.WRITE_METADATA_LOCATION, table.location() + "/metadata");
        return new TableFolder(location == null ? own : below(location), listing(table.io()));
    }

    /** Of a table that the catalog does not have: in a folder that is given, or in the one where the catalog would put it. */
    public static TableFolder unknown(TableActionTarget target, @Nullable String location) {
        SparkSession session = target.session();
        Map<String, String> catalog = settings(target);
        FileIO files = target.doing(
                "cannot open the folder of",
                () -> CatalogUtil.loadFileIO(
                        catalog.getOrDefault("io-impl", HadoopFileIO.class.getName()),
                        catalog,
                        Sessions.storage(session)));
        return new TableFolder(location == null ? chosen(target, catalog) : below(location), listing(files));
    }

    private static String chosen(TableActionTarget target, Map<String, String> catalog) {
        String warehouse = catalog.getOrDefault("warehouse", "");
        String type = catalog.getOrDefault("type", "");
        if (warehouse.isEmpty() || type.equals("rest")) {
            throw MillraceException.user(target.model().words()
                    + " is not in the catalog, which has no folder of which this program knows where the table would lie; write"
                    + " location = \"…\", the table's folder");
        }
        List<String> parts = target.model().table().parts();
        String namespace = String.join("/", parts.subList(1, parts.size() - 1));
        if (type.equals("hive") && !namespace.isEmpty()) {
            namespace += ".db";
        }
        String table = parts.get(parts.size() - 1);
        return below(warehouse.replaceFirst("/+$", "") + "/" + (namespace.isEmpty() ? "" : namespace + "/") + table);
    }

    private static String below(String folder) {
        String plain = folder.replaceFirst("/+$", "");
        return plain.endsWith("/metadata") ? plain : plain + "/metadata";
    }

    /** What the configuration says of the catalog, or else the session. */
    private static Map<String, String> settings(TableActionTarget target) {
        CatalogSettings configured = target.model().catalog();
        return configured == null
                ? SessionCatalogs.properties(
                        target.session(), target.model().table().catalog())
                : configured.properties();
    }

    private static SupportsPrefixOperations listing(FileIO files) {
        return Optional.of(files)
                .filter(SupportsPrefixOperations.class::isInstance)
                .map(SupportsPrefixOperations.class::cast)
                .orElseThrow(() -> MillraceException.user(
                        files.getClass().getName() + " cannot list files, so the versions of a table cannot be found"));
    }
}
