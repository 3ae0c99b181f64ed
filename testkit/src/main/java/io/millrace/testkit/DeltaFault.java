package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** What goes wrong with Delta tables, by Delta's own means. */
public final class DeltaFault {

    private static final String MANIFEST = "_symlink_format_manifest";

    private DeltaFault() {}

    /** Sees to it that every further commit to a table is there, and its writer gets an exception: there is no room for the manifest of the table. */
    public static void afterEachCommit(SparkSession session, Path table) {
        session.sql("ALTER TABLE delta.`" + table
                + "` SET TBLPROPERTIES (delta.compatibility.symlinkFormatManifest.enabled = true)");
        try {
            Path manifest = table.resolve(MANIFEST);
            if (Files.exists(manifest)) {
                delete(manifest);
            }
            Files.writeString(manifest, "in the way");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
