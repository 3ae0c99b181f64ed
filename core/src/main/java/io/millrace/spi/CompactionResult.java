package io.millrace.spi;

import java.util.List;

/**
 * What a compaction did.
 *
 * @param folders those that changed
 * @param notes what was left as it is, and why
 */
public record CompactionResult(List<Folder> folders, List<String> notes) {

    /** Copies the lists. */
    public CompactionResult {
        folders = List.copyOf(folders);
        notes = List.copyOf(notes);
    }

    /** Nothing was done, for a reason. */
    public static CompactionResult nothing(String reason) {
        return new CompactionResult(List.of(), List.of(reason));
    }

    /**
     * A table, or the folder of a partition.
     *
     * @param path where it is
     * @param filesBefore how many files it had
     * @param bytesBefore their size
     * @param filesAfter how many it has, but for those that others have written meanwhile
     * @param bytesAfter their size
     */
    public record Folder(String path, long filesBefore, long bytesBefore, long filesAfter, long bytesAfter) {}
}
