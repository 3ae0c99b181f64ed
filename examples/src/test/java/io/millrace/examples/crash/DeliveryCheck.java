package io.millrace.examples.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** How events get to where a run reads them. */
@FunctionalInterface
interface DeliveryCheck {

    /**
     * Delivers some more, all of them.
     *
     * @param number how often this was called, from 1
     */
    void deliver(int number, List<String> lines) throws IOException;

    /** A file each. Their times follow each other, so they are read in this order. */
    static DeliveryCheck inFiles(Path folder) throws IOException {
        Instant first = Instant.parse("2026-03-02T00:00:00Z");
        Files.createDirectories(folder);
        return (number, lines) -> {
            Path draft = folder.resolve("." + number);
            Files.write(draft, lines);
            Files.setLastModifiedTime(draft, FileTime.from(first.plusSeconds(number)));
            Files.move(draft, folder.resolve(number + ".jsonl"), StandardCopyOption.ATOMIC_MOVE);
        };
    }
}
