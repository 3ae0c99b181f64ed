package io.millrace.parallelwrite;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Stands in for S3: the files of this machine, for those only who bring the key of the bucket. Like S3 it says which key it refuses. */
public final class GuardedStorage extends RawLocalFileSystem {

    static final String SCHEME = "s3a";
    static final String BUCKET = "lake";
    static final String KEY = "right-secret-w";

    private String given = "";

    @Override
    public void initialize(URI uri, Configuration configuration) throws IOException {
        String prefix = "fs.s3a.bucket." + uri.getAuthority() + ".";
        given = configuration.get(prefix + "secret.key", "no key");
        super.initialize(uri, configuration);
    }

    @Override
    public File pathToFile(Path path) {
        if (!KEY.equals(given)) {
            throw new UncheckedIOException(new AccessDeniedException(path + " does not open to " + given));
        }
        return super.pathToFile(path);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + "://" + BUCKET);
    }
}
