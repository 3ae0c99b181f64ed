package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JavaBlocksTest {

    @Test
    void everyBlockIsARegionOfACompiledFile() throws IOException {
        List<List<String>> sources = sources();

        List<String> invented = Page.all().stream()
                .flatMap(page -> page.blocks("java").stream())
                .filter(block -> sources.stream().noneMatch(source -> holds(source, block.lines())))
                .map(Block::place)
                .toList();

        assertThat(invented).isEmpty();
    }

    /** A region may stand farther to the right in its file. */
    private static boolean holds(List<String> source, List<String> region) {
        for (int indent = 0; indent <= 16; indent += 4) {
            String spaces = " ".repeat(indent);
            List<String> shifted = region.stream()
                    .map(line -> line.isEmpty() ? "" : spaces + line)
                    .toList();
            if (Collections.indexOfSubList(source, shifted) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static List<List<String>> sources() throws IOException {
        try (Stream<Path> walk = Files.walk(Page.REPOSITORY)) {
            return walk.filter(JavaBlocksTest::compiled)
                    .map(JavaBlocksTest::lines)
                    .toList();
        }
    }

    private static boolean compiled(Path file) {
        String path = Page.REPOSITORY.relativize(file).toString();
        return path.endsWith(".java") && path.contains("/src/") && !path.contains("target/");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
