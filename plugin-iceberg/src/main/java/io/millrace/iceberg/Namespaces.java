package io.millrace.iceberg;

import java.util.Arrays;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;

/** The namespaces that a table needs, which others may make at the same time. */
final class Namespaces {

    private Namespaces() {}

    /** Makes a namespace, and those above it, where they are missing and the catalog has such things. */
    static void create(Catalog catalog, Namespace namespace) {
        if (catalog instanceof SupportsNamespaces known) {
            for (int levels = 1; levels <= namespace.length(); levels++) {
                create(known, Namespace.of(Arrays.copyOf(namespace.levels(), levels)));
            }
        }
    }

    private static void create(SupportsNamespaces known, Namespace namespace) {
        try {
            if (!known.namespaceExists(namespace)) {
                known.createNamespace(namespace);
            }
        } catch (RuntimeException failed) { // such as a constraint of the catalog's database
            if (!known.namespaceExists(namespace)) {
                throw failed;
            }
        }
    }
}
