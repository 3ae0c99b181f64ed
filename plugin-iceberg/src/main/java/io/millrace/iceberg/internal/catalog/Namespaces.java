package io.millrace.iceberg.internal.catalog;

import java.util.Arrays;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;

/** The namespaces that a table needs, which others may make at the same time. */
public final class Namespaces {

    private Namespaces() {}

    /** Makes a namespace, and those above it, where they are missing and the catalog has such things. */
    public static void create(Catalog catalog, Namespace namespace) {
        if (catalog instanceof SupportsNamespaces known) {
            for (int levels = 1; levels <= namespace.length(); levels++) {
                create(known, Namespace.of(Arrays.copyOf(namespace.levels(), levels)));
            }
        }
    }

    private static void create(SupportsNamespaces known, Namespace namespace) {
        if (!known.namespaceExists(namespace)) {
            createMissing(known, namespace);
        }
    }

    /**
     * One thread of the process at a time. Of two that ask a Hive metastore for one database, the one that comes second makes it delete the
     * database's folder, with whatever the first has put there meanwhile.
     */
    private static synchronized void createMissing(SupportsNamespaces known, Namespace namespace) {
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
