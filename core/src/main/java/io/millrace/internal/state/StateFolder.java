package io.millrace.internal.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.MillraceException;
import io.millrace.internal.files.WholeFile;
import io.millrace.internal.spark.Sessions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The folder in which pipegraphs keep what they must remember: small JSON files, each written whole or not at all, and forced to disk. A file that
 * is there but holds no JSON object is an error, never taken for one that is not there. Used on the driver; every failure is of kind EXTERNAL.
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

    /** Returns a path below, by names that may hold any characters. */
    public Path path(String kind, String... names) {
        Path path = new Path(root, kind);
        for (String name : names) {
            path = new Path(path, plain(name));
        }
        return path;
    }

    /** Returns a folder below another one, by a name that may hold any characters. */
    public static String below(String location, String name) {
        return location.replaceFirst("/+$", "") + "/" + plain(name);
    }

    /**
     * Returns a name as that of a file shows it. Two names may come to the same: whoever makes a file or a folder by it notes the whole name inside,
     * and looks at what is noted.
     */
    public static String plain(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}._-]", "_");
        return plain.startsWith(".") ? "_" + plain.substring(1) : plain;
    }

    /** Returns what a file holds; empty where there is none. */
    public Optional<ObjectNode> read(Path file) {
        try (InputStream in = files.open(file)) {
            JsonNode content = JSON.readTree(in.readAllBytes());
            if (content instanceof ObjectNode object && !object.isEmpty()) {
                return Optional.of(object);
            }
            throw damaged(file, content.isMissingNode() ? "it is empty" : "it holds no notes of a pipegraph");
        } catch (FileNotFoundException absent) {
            return Optional.empty();
        } catch (JsonProcessingException cut) {
            throw damaged(file, "it is not complete, or not JSON");
        } catch (IOException failed) {
            throw failure("read", file, failed);
        }
    }

    /**
     * Says that a file cannot be what was written.
     *
     * @param why what is wrong with it
     */
    public static MillraceException damaged(Path file, String why) {
        return MillraceException.external(
                "the state of the pipegraph cannot be read: " + file + ": " + why
                        + "; restore it from a backup. Whoever deletes it lets go what it remembers: a run that did not finish"
                        + " is written a second time then, and a stream begins anew",
                null);
    }

    /**
     * Sees to it that what is remembered is of a form that this version knows.
     *
     * @param what is remembered, and where, as the beginning of the message
     * @param found the number of its form
     * @param known the number of the newest form that is known
     * @throws MillraceException of kind EXTERNAL where a newer version has written it
     */
    public static void requireKnown(String what, int found, int known) {
        if (found > known) {
            throw MillraceException.external(
                    what + " was written by a newer version of Millrace (format " + found + ", this one knows " + known
                            + "); use that version, or a newer one",
                    null);
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

    /** Writes a file unless there is one: of several who try at the same time one succeeds. Returns whether it was this one. */
    public boolean create(Path file, ObjectNode content) {
        try {
            return WholeFile.createAlone(files, file, JSON.writeValueAsBytes(content));
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

    /** Gives a file or a folder another place, where there must be nothing yet. */
    public void move(Path from, Path to) {
        try {
            files.mkdirs(to.getParent());
            if (!files.rename(from, to)) {
                throw new IOException("cannot be renamed to " + to);
            }
        } catch (IOException failed) {
            throw failure("moved", from, failed);
        }
    }

    /** Returns whether there is a file or a folder. */
    public boolean exists(Path path) {
        try {
            return files.exists(path);
        } catch (IOException failed) {
            throw failure("read", path, failed);
        }
    }

    /** Returns when a file was changed last, by the clock of the storage; empty where there is none. */
    public Optional<Instant> changed(Path file) {
        try {
            return Optional.of(Instant.ofEpochMilli(files.getFileStatus(file).getModificationTime()));
        } catch (FileNotFoundException absent) {
            return Optional.empty();
        } catch (IOException failed) {
            throw failure("read", file, failed);
        }
    }

    /** Returns the names of all that lies in a folder, sorted; none where there is no folder. */
    public List<String> names(Path folder) {
        List<String> names = new ArrayList<>();
        try {
            if (files.getUri().getScheme().equals("file")) {
                names.addAll(localNames(folder));
            } else {
                for (FileStatus each : files.listStatus(folder)) {
                    names.add(each.getPath().getName());
                }
            }
        } catch (FileNotFoundException absent) {
            return List.of();
        } catch (IOException failed) {
            throw failure("read", folder, failed);
        }
        names.sort(null);
        return names;
    }

    /** Hadoop lists a local folder and then looks at each file, and leaves out one that was replaced in between together with its replacement. */
    private static List<String> localNames(Path folder) throws IOException {
        try (Stream<java.nio.file.Path> all =
                Files.list(java.nio.file.Path.of(folder.toUri().getPath()))) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".crc"))
                    .toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static MillraceException failure(String what, Path path, IOException failed) {
        return MillraceException.external(
                "the state of the pipegraph cannot be " + what + ": " + path + ": " + reason(path, failed), failed);
    }

    /** Some failures have no message but the path. */
    private static String reason(Path path, IOException failed) {
        String message = String.valueOf(failed.getMessage());
        return failed instanceof java.nio.file.AccessDeniedException
                ? "access is denied"
                : message.equals(path.toUri().getPath()) ? failed.getClass().getSimpleName() : message;
    }
}
