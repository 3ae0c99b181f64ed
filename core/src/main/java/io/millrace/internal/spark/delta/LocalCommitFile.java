package io.millrace.internal.spark.delta;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Puts a commit into a log on a local disk unless there is one of its version. It is written beside and then linked to its name, which the operating
 * system does once for all processes. Hadoop renames instead, which starts a process for each look at a link, and does not keep two processes apart.
 */
final class LocalCommitFile {

    private LocalCommitFile() {}

    /**
     * Writes it.
     *
     * @return false, with nothing written, where the disk has no links
     * @throws FileAlreadyExistsException where there is one already
     */
    static boolean write(Path commit, List<String> lines) throws IOException {
        Path beside = commit.resolveSibling("." + commit.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(beside, lines);
            Files.createLink(commit, beside);
            return true;
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (UnsupportedOperationException | java.nio.file.FileSystemException noLinks) {
            return false;
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
