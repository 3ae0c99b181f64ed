package io.millrace.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.MillraceException;
import io.millrace.files.WholeFile;
import io.millrace.spark.Sessions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The folder in which a pipegraph keeps what it must remember: small JSON files, each written whole or not at all. Used on the driver; every failure
 * is of kind EXTERNAL.
 */
public final class StateFolder {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;
    private final FileSystem files;

    /** Reaches the folder; makes nothing yet. */
    public StateFolder(SparkSession session, String location) {
        this.root = new Path(location);
        this.files = reach(session, root);
    }

    private static FileSystem reach(SparkSession session, Path folder) {
        try {
            return folder.getFileSystem(Sessions.storage(session));
        } catch (IOException failed) {
            throw failure("reached", folder, failed);
        }
    }

    /** Returns a folder below, by a name that may hold any characters. */
    public Path path(String kind, String name) {
        return new Path(new Path(root, kind), plain(name));
    }

    /** Returns a folder below another one, by a name that may hold any characters. */
    public static String below(String location, String name) {
        return location.replaceFirst("/+$", "") + "/" + plain(name);
    }

    private static String plain(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}._-]", "_");
    }

    /** Returns what a file holds; empty where there is none. */
    public Optional<JsonNode> read(Path file) {
        try {
            if (!files.exists(file)) {
                return Optional.empty();
            }
            try (InputStream in = files.open(file)) {
                return Optional.of(JSON.readTree(in));
            }
        } catch (IOException failed) {
            throw failure("read", file, failed);
        }
    }

    /** Writes a file, in place of one that is there. */
    public void write(Path file, ObjectNode content) {
        try {
            WholeFile.replace(files, file, JSON.writeValueAsBytes(content));
        } catch (IOException failed) {
            throw failure("written", file, failed);
        }
    }

    /** Deletes a file, if it is there. */
    public void delete(Path file) {
        try {
            files.delete(file, false);
        } catch (IOException failed) {
            throw failure("deleted", file, failed);
        }
    }

    /** Returns the JSON files of a folder, the latest name last; none where there is no folder. */
    public List<Path> list(String kind) {
        Path folder = new Path(root, kind);
        return names(folder).stream()
                .filter(name -> name.endsWith(".json") && !name.startsWith("."))
                .map(name -> new Path(folder, name))
                .toList();
    }

    /** Returns the names of all that lies in a folder, sorted; none where there is no folder. */
    public List<String> names(Path folder) {
        try {
            List<String> names = new ArrayList<>();
            if (files.exists(folder)) {
                for (FileStatus each : files.listStatus(folder)) {
                    names.add(each.getPath().getName());
                }
            }
            names.sort(null);
            return names;
        } catch (IOException failed) {
            throw failure("read", folder, failed);
        }
    }

    private static MillraceException failure(String what, Path path, IOException failed) {
        return MillraceException.external(
                "the state of the pipegraph cannot be " + what + ": " + path + ": " + failed.getMessage(), failed);
    }
}
