package io.millrace.iceberg.internal.catalog;

import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A catalog that a configuration names.
 *
 * @param name by which tables are addressed
 * @param type null for a class of somebody else's
 * @param properties Iceberg's, all that it needs
 * @param warehouse the folder of an embedded catalog, which holds its database too; null for other catalogs
 */
public record CatalogSettings(
        String name, @Nullable CatalogType type, Map<String, String> properties, @Nullable Warehouse warehouse) {

    private static final String SPARK_CATALOG = "org.apache.iceberg.spark.SparkCatalog";
    private static final String HIVE = "org.apache.hadoop.hive.metastore.IMetaStoreClient";
    private static final String OWN_CLASS = "catalog-impl";

    public CatalogSettings {
        properties = Map.copyOf(properties);
    }

    /** Decodes one entry of {@code plugin.iceberg.catalogs}. */
    static Optional<CatalogSettings> decode(String name, ConfigSection section) {
        Optional<CatalogType> written = section.optionalEnum("type", CatalogType.class);
        Optional<String> uri = section.optionalString("uri");
        Optional<String> warehouse = section.optionalString("warehouse");
        Map<String, String> own = section.stringMap("properties");
        checkName(name, section);
        for (String key : own.keySet()) {
            if (key.equals("type") || key.equals("uri") || key.equals("warehouse")) {
                section.problem("properties", "write " + key + " beside properties, not in it");
            }
        }
        if (own.containsKey(OWN_CLASS) && section.has("type")) {
            section.problem("type", "cannot stand beside properties { " + OWN_CLASS + " }: write one of the two");
        }
        @Nullable CatalogType type = own.containsKey(OWN_CLASS) ? null : written.orElse(CatalogType.JDBC);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("cache-enabled", "false");
        uri.ifPresent(address -> properties.put("uri", address));
        warehouse.ifPresent(place -> properties.put("warehouse", place));
        @Nullable Warehouse embedded = null;
        if (type != null) {
            properties.put("type", type.word());
            check(type, section);
            if (type == CatalogType.JDBC && !section.has("uri") && warehouse.isPresent()) {
                embedded = Warehouse.in(warehouse.get(), section).orElse(null);
            }
        }
        if (embedded != null) {
            properties.putAll(embedded.properties());
        }
        properties.putAll(own);
        @Nullable Warehouse folder = embedded;
        return section.build(() -> new CatalogSettings(name, type, properties, folder));
    }

    private static void checkName(String name, ConfigSection section) {
        if (name.equals("spark_catalog")) {
            section.problem("is the name of Spark's own catalog; choose another one");
        } else if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
            section.problem("is not the name of a catalog: a letter, then letters, digits, '_' and '-'");
        }
    }

    private static void check(CatalogType type, ConfigSection section) {
        boolean address = type == CatalogType.REST;
        boolean place = type == CatalogType.JDBC || type == CatalogType.HADOOP;
        if (address && !section.has("uri")) {
            section.problem("uri", "is missing: the address of the catalog's server");
        }
        if (place && !section.has("warehouse")) {
            section.problem("warehouse", "is missing: the folder in which the catalog's tables lie");
        }
        if (type == CatalogType.HADOOP && section.has("uri")) {
            section.problem("uri", "is not for type = hadoop: such a catalog is its warehouse");
        }
    }

    /** Returns whether commits may get lost: without a catalog they are renames, which only some storage does in a safe way. */
    public boolean losesCommits() {
        String place = properties.getOrDefault("warehouse", "");
        return type == CatalogType.HADOOP && !place.startsWith("hdfs:") && !place.startsWith("viewfs:");
    }

    /** Returns whether it may be asked: an embedded catalog that nobody has made is empty. */
    public boolean exists() {
        return warehouse == null || warehouse.exists();
    }

    /**
     * Looks for the classes that its type needs.
     *
     * @param loader where they are to be
     * @throws MillraceException of kind PLUGIN where they are missing; names the artifact
     */
    public void requireClasses(ClassLoader loader) {
        if (type == CatalogType.HIVE) {
            try {
                Class.forName(HIVE, false, loader);
            } catch (ClassNotFoundException absent) {
                throw MillraceException.plugin(
                        "catalog " + name + " is in a Hive metastore, and Hive is not on the class path; add"
                                + " org.apache.spark:spark-hive_2.13 (on the command line: --metastore)",
                        absent);
            }
        }
    }

    /** Makes what is not there yet of an embedded catalog; to be called before something is written. */
    public void create() {
        if (warehouse != null) {
            warehouse.create();
        }
    }

    /**
     * Lets a session know the catalog.
     *
     * @throws MillraceException of kind USER where it knows another one by that name
     */
    public void register(SparkSession session) {
        RuntimeConfig known = session.conf();
        String key = "spark.sql.catalog." + name;
        if (known.get(key, "").isEmpty()) {
            properties.forEach((property, value) -> known.set(key + "." + property, value));
            known.set(key, SPARK_CATALOG);
            return;
        }
        properties.forEach((property, value) -> {
            if (!value.equals(known.get(key + "." + property, ""))) {
                throw MillraceException.user("the session knows another catalog " + name + ": its setting " + key + "."
                        + property + " is not what plugin.iceberg.catalogs." + name
                        + " says; give one of the two another name");
            }
        });
    }

    /** Without the properties, which hold passwords. */
    @Override
    public String toString() {
        return name;
    }
}
