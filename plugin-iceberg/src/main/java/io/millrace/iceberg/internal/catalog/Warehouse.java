package io.millrace.iceberg.internal.catalog;

import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A folder of this machine that holds tables and, in an SQLite file, the catalog of them. Any number of processes may use it at once.
 *
 * @param folder absolute
 */
record Warehouse(Path folder) {

    private static final String DATABASE = "iceberg.db";

    /** How long a process waits for others that are at the database, in milliseconds; without it a commit fails where it meets another. */
    private static final String PATIENCE = "60000";

    /** Takes a path or a {@code file:} address; empty for anything else, which is noted. */
    static Optional<Warehouse> in(String place, ConfigSection section) {
        try {
            Path path = place.startsWith("file:") ? Path.of(URI.create(place).getPath()) : Path.of(place);
            if (place.startsWith("file:") || !place.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
                return Optional.of(new Warehouse(path.toAbsolutePath().normalize()));
            }
        } catch (IllegalArgumentException noPath) {
            // reported below
        }
        section.problem(
                "warehouse",
                "\"" + place
                        + "\" is not a folder of this machine, in which the catalog's database could lie; write the uri of"
                        + " a database (jdbc:…), or another type: rest, hive");
        return Optional.empty();
    }

    Map<String, String> properties() {
        return Map.of(
                "uri", "jdbc:sqlite:" + folder.resolve(DATABASE),
                "warehouse", "file://" + folder,
                "jdbc.busy_timeout", PATIENCE);
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    /** Makes the folder; the database comes with its first use. */
    void create() {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw MillraceException.external("the warehouse " + folder + " cannot be created: " + failed, failed);
        }
    }
}
