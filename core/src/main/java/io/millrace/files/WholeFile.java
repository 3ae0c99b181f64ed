package io.millrace.files;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** Writes small files, each whole or not at all: under another name first, hidden from readers, then renamed. */
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
        } else {
            FileContext.getFileContext(path.toUri(), files.getConf()).rename(draft, path, Options.Rename.OVERWRITE);
        }
    }

    private static Path draft(FileSystem files, Path path, byte[] content) throws IOException {
        Path draft = new Path(path.getParent(), "." + path.getName() + ".tmp");
        if (files instanceof LocalFileSystem local) {
            // Hadoop starts a process for each file, to set permissions that the umask sets anyway.
            java.nio.file.Path file = file(local, draft);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return draft;
        }
        try (OutputStream out = files.create(draft, true)) {
            out.write(content);
        }
        return draft;
    }

    private static java.nio.file.Path file(LocalFileSystem local, Path path) {
        return local.pathToFile(path).toPath();
    }
}
