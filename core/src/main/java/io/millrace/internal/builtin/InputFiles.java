package io.millrace.internal.builtin;

import io.millrace.config.Causes;
import io.millrace.config.MillraceException;
import io.millrace.internal.spark.LocalPlace;
import io.millrace.internal.spark.Sessions;
import io.millrace.spi.UnreadableFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.SparkSession;

/** Looks whether there is something to read, so that the error names the path. */
final class InputFiles {

    private final String path;
    private final Configuration configuration;

    InputFiles(SparkSession session, String path, Map<String, String> storage) {
        this.path = path;
        this.configuration = Sessions.storage(session);
        storage.forEach(configuration::set);
    }

    /**
     * Asks for the path to exist.
     *
     * @throws MillraceException of kind USER where it does not, or may not be read; EXTERNAL where the storage fails
     */
    void requirePath() {
        if (count(0) == 0) {
            throw MillraceException.user(path + " does not exist" + (isPattern() ? ": the pattern fits nothing" : ""));
        }
    }

    /**
     * Asks for at least one file.
     *
     * @throws MillraceException as {@link #requirePath}, and where there is none
     */
    void requireFiles() {
        requirePath();
        if (!any()) {
            throw MillraceException.user(path + " holds no files");
        }
    }

    /** Returns the path as a whole, whatever the working directory. */
    String wholePath() {
        Path pattern = new Path(path);
        try {
            return pattern.getFileSystem(configuration).makeQualified(pattern).toString();
        } catch (IOException unreachable) {
            throw MillraceException.external(path + " cannot be read: " + unreachable.getMessage(), unreachable);
        }
    }

    /** Returns what a stream of these files reads, as {@link io.millrace.spi.StreamingSource#streamedFrom} does: Spark knows a file by its whole path. */
    Map<String, String> streamed() {
        return Map.of("the path of the files", wholePath());
    }

    /** Returns whether there is a file. */
    boolean any() {
        return count(1) > 0;
    }

    /** Returns {@link #wholePath} as Spark writes paths of files: what is special in addresses is encoded. */
    String uri() {
        return new Path(wholePath()).toUri().toString();
    }

    boolean isPattern() {
        return LocalPlace.isPattern(path);
    }

    /** Counts what fits the path and holds at least {@code files} files. */
    private long count(int files) {
        try {
            Path pattern = new Path(path);
            FileSystem system = pattern.getFileSystem(configuration);
            FileStatus[] found = system.globStatus(pattern);
            if (found == null) {
                return 0;
            }
            long count = 0;
            for (FileStatus each : found) {
                if (files == 0 || holdsFile(system, each)) {
                    count++;
                }
            }
            return count;
        } catch (AccessControlException | AccessDeniedException denied) {
            throw MillraceException.user(path + " cannot be read: " + denied.getMessage(), denied);
        } catch (IllegalArgumentException noName) {
            String why = UnreadableFile.colon(Causes.of(noName)).orElseGet(() -> String.valueOf(noName.getMessage()));
            throw MillraceException.user(path + " cannot be read: " + why, noName);
        } catch (IOException unreachable) {
            throw MillraceException.external(path + " cannot be read: " + unreachable.getMessage(), unreachable);
        }
    }

    private static boolean holdsFile(FileSystem system, FileStatus entry) throws IOException {
        if (entry.isFile()) {
            return true;
        }
        try {
            for (FileStatus child : system.listStatus(entry.getPath())) {
                if (!isHidden(child.getPath().getName()) && holdsFile(system, child)) {
                    return true;
                }
            }
        } catch (FileNotFoundException gone) {
            return false;
        }
        return false;
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || (name.startsWith("_") && !name.contains("="));
    }
}
