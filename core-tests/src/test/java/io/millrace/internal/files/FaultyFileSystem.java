package io.millrace.internal.files;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local disk under the scheme {@code faulty}, which fails where its settings say so: {@code fs.faulty.rename}, {@code fs.faulty.lost} (renamed,
 * and then reported as failed), {@code fs.faulty.delete} and {@code fs.faulty.open} hold a part of the path. Where {@code fs.faulty.create} is
 * set, no file can be made, and its value says why.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public URI getUri() {
        return URI.create("faulty:///");
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        failAt("rename", to.toString()::contains);
        boolean renamed = super.rename(from, to);
        failAt("lost", to.toString()::contains);
        return renamed;
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        failAt("delete", path.toString()::contains);
        return super.delete(path, recursive);
    }

    @Override
    public org.apache.hadoop.fs.FSDataInputStream open(Path path, int buffer) throws IOException {
        failAt("open", part -> path.toString().contains(part) && exists(path));
        return super.open(path, buffer);
    }

    @Override
    protected OutputStream createOutputStreamWithMode(Path path, boolean append, FsPermission permission)
            throws IOException {
        String reason = getConf().get("fs.faulty.create");
        if (reason != null) {
            throw new IOException(reason);
        }
        return super.createOutputStreamWithMode(path, append, permission);
    }

    private void failAt(String operation, CheckedTest test) throws IOException {
        String part = getConf().get("fs.faulty." + operation);
        if (part != null && test.test(part)) {
            throw new IOException("no " + operation + " here");
        }
    }

    private interface CheckedTest {
        boolean test(String part) throws IOException;
    }
}
