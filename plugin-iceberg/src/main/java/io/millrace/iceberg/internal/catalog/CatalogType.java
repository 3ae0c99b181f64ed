package io.millrace.iceberg.internal.catalog;

import java.util.Locale;

/** The kinds of catalogs that Iceberg brings along. */
enum CatalogType {
    /** A relational database; without an address one in a file of the warehouse. */
    JDBC,
    /** A server that speaks Iceberg's protocol. */
    REST,
    /** A Hive metastore. */
    HIVE,
    /** No catalog at all: whoever renames a file first has committed. */
    HADOOP;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
