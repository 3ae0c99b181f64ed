package io.millrace.internal.files;

import java.io.IOException;
import java.util.List;

/** How the files of a batch are called, which Spark has written under names of its own. */
@FunctionalInterface
public interface FileNaming {

    /** What is there under a name, as far as somebody has to ask. */
    @FunctionalInterface
    interface Existing {

        /** Returns whether there is a file or folder of this name already, below the location. */
        boolean has(String path) throws IOException;
    }

    /**
     * Returns names, each once.
     *
     * @param written as Spark has called them, relative to the location, in folders of the columns that the target is partitioned by
     * @param writer the key of the batch
     */
    List<String> names(List<WrittenFile> written, String writer, Existing existing) throws IOException;
}
