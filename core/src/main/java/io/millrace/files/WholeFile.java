package io.millrace.files;

import java.io.IOException;
import java.io.OutputStream;
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
        FileContext.getFileContext(path.toUri(), files.getConf()).rename(draft, path, Options.Rename.OVERWRITE);
    }

    private static Path draft(FileSystem files, Path path, byte[] content) throws IOException {
        Path draft = new Path(path.getParent(), "." + path.getName() + ".tmp");
        try (OutputStream out = open(files, draft)) {
            out.write(content);
        }
        return draft;
    }

    /**
     * On a local disk Hadoop starts a process for each file it sets the permissions of. The raw file system leaves them to the umask where none
     * are given, and keeps no file with checksums beside this one.
     */
    private static OutputStream open(FileSystem files, Path path) throws IOException {
        if (files instanceof LocalFileSystem local) {
            FileSystem raw = local.getRawFileSystem();
            return raw.create(
                    path, null, true, 4096, raw.getDefaultReplication(path), raw.getDefaultBlockSize(path), null);
        }
        return files.create(path, true);
    }
}
