package io.millrace.internal.files;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Writes small files, each whole or not at all: under another name first, hidden from readers, then forced to disk, then renamed. So neither a
 * crash of the process nor one of the machine leaves a file that is cut short.
 */
public final class WholeFile {

    private WholeFile() {}

    /** Writes a file that is not there yet. */
    public static void create(FileSystem files, Path path, byte[] content) throws IOException {
        Path draft = draft(files, path, content);
        if (!files.rename(draft, path)) {
            throw new IOException("cannot rename " + draft + " to " + path);
        }
    }

    /** Writes a file in the place of one that may be there. */
    public static void replace(FileSystem files, Path path, byte[] content) throws IOException {
        Path draft = draft(files, path, content);
        if (files instanceof LocalFileSystem local) {
            // Here, too: each rename that overwrites would start processes.
            Files.move(file(local, draft), file(local, path), ATOMIC_MOVE, REPLACE_EXISTING);
            forceFolder(file(local, path));
        } else {
            FileContext.getFileContext(path.toUri(), files.getConf()).rename(draft, path, Options.Rename.OVERWRITE);
        }
    }

    /**
     * Writes a file, unless there is one of that name: of several who try at the same time, in this process or in others, one succeeds.
     *
     * @return whether it was written
     */
    public static boolean createAlone(FileSystem files, Path path, byte[] content) throws IOException {
        Path draft = draft(files, path, content);
        try {
            if (files instanceof LocalFileSystem local) {
                java.nio.file.Path file = file(local, path);
                Files.createLink(
                        file, file(local, draft)); // a rename would overwrite, or look first and then overwrite
                forceFolder(file);
            } else {
                FileContext.getFileContext(path.toUri(), files.getConf()).rename(draft, path);
            }
            return true;
        } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException taken) {
            return false;
        } finally {
            files.delete(draft, false);
        }
    }

    private static Path draft(FileSystem files, Path path, byte[] content) throws IOException {
        String own = UUID.randomUUID().toString().substring(0, 8);
        Path draft = new Path(path.getParent(), "." + path.getName() + "." + own + ".tmp");
        try {
            write(files, draft, content);
            return draft;
        } catch (IOException failed) { // such as a full disk
            try {
                files.delete(draft, false);
            } catch (IOException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    private static void write(FileSystem files, Path draft, byte[] content) throws IOException {
        if (files instanceof LocalFileSystem local) {
            // Hadoop starts a process for each file, to set permissions that the umask sets anyway.
            java.nio.file.Path file = file(local, draft);
            Files.createDirectories(file.getParent());
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
        } else {
            try (FSDataOutputStream out = files.create(draft, true)) {
                out.write(content);
                if (out.hasCapability("hsync")) {
                    out.hsync();
                }
            }
        }
    }

    /** A rename is on disk when its folder is. Some systems cannot open a folder; theirs are on disk anyway. */
    private static void forceFolder(java.nio.file.Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private static java.nio.file.Path file(LocalFileSystem local, Path path) {
        return local.pathToFile(path).toPath();
    }
}
