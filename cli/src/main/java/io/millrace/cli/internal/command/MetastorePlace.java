package io.millrace.cli.internal.command;

import io.millrace.config.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the Hive metastore of a command is: a folder of this machine, or a server. */
record MetastorePlace(String written) {

    private static final String DERBY_LOG = "derby.stream.error.file";

    /**
     * Returns Spark's settings for it; a folder exists from then on.
     *
     * @throws MillraceException of kind USER where it is neither
     */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.sql.catalogImplementation", "hive");
        // Hive refuses conditions on columns whose names are not plain words
        settings.put("spark.sql.hive.metastorePartitionPruningFallbackOnException", "true");
        boolean server = written.startsWith("thrift://");
        settings.put("spark.hadoop.hive.metastore.uris", server ? written : "");
        if (!server) {
            Path folder = folder();
            settings.put(
                    "spark.hadoop.javax.jdo.option.ConnectionURL",
                    "jdbc:derby:;databaseName=" + folder.resolve("metastore_db") + ";create=true");
            settings.put(
                    "spark.sql.warehouse.dir",
                    folder.resolve("warehouse").toUri().toString());
            keepLog(folder);
        }
        return settings;
    }

    /** Derby would leave its log in the folder that the command is called from. */
    private static void keepLog(Path folder) {
        if (System.getProperty(DERBY_LOG) == null) {
            System.setProperty(DERBY_LOG, folder.resolve("derby.log").toString());
        }
    }

    private Path folder() {
        if (written.isBlank() || written.contains("://") || written.contains(";")) {
            throw refused();
        }
        try {
            return Files.createDirectories(Path.of(written).toAbsolutePath().normalize());
        } catch (InvalidPathException noPath) {
            throw refused();
        } catch (IOException unusable) {
            throw MillraceException.user(
                    "--metastore " + written + ": the folder cannot be made: " + unusable, unusable);
        }
    }

    private MillraceException refused() {
        return MillraceException.user(
                "--metastore \"" + written
                        + "\" is neither a folder (without a semicolon) nor thrift://HOST:PORT; another database is named with"
                        + " --spark-conf spark.sql.catalogImplementation=hive --spark-conf spark.hadoop.javax.jdo.option.ConnectionURL=jdbc:…");
    }
}
