package io.millrace.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/** {@link TestFileSystem} for those who ask by way of Hadoop's {@code FileContext}, as checkpoints and Delta's log do. */
public final class TestFileContext extends DelegateToFileSystem {

    /** Called by Hadoop. */
    public TestFileContext(URI uri, Configuration configuration) throws IOException, URISyntaxException {
        super(uri, new TestFileSystem(), configuration, "file", false);
    }

    @Override
    public int getUriDefaultPort() {
        return -1;
    }
}
