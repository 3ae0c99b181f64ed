package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the tables of the page on architecture with the modules and the packages. */
class ArchitectureTest {

    private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");
    private static final Pattern DEPENDENCY =
            Pattern.compile("<artifactId>millrace-(\\S+)</artifactId>\\s*(?!\\s|<scope>test)", Pattern.DOTALL);
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?io\\.millrace\\.((?:internal\\.)?[a-z]+)\\.", Pattern.MULTILINE);

    private final Page page = Page.at("docs/architecture.md");

    @Test
    void theModulesAndTheirArrowsAreThose() {
        Set<String> modules = find(MODULE, read(Page.REPOSITORY.resolve("pom.xml")));

        Map<String, Set<String>> arrows = modules.stream()
                .collect(Collectors.toMap(
                        module -> module,
                        module -> {
                            String pom = read(Page.REPOSITORY.resolve(module).resolve("pom.xml"));
                            return find(DEPENDENCY, pom.substring(Math.max(0, pom.indexOf("<dependencies>"))));
                        },
                        (a, b) -> a,
                        TreeMap::new));

        assertThat(arrows).isEqualTo(arrows("## Modules"));
    }

    @Test
    void thePackagesOfCoreUseEachOtherLikeThat() throws IOException {
        Path core = Page.REPOSITORY.resolve("core/src/main/java/io/millrace");
        Map<String, Set<String>> uses = new TreeMap<>();
        for (Path parent : List.of(core, core.resolve("internal"))) {
            for (Path folder : folders(parent)) {
                String name = core.relativize(folder).toString().replace('/', '.');
                Set<String> used = find(IMPORT, sources(folder));
                used.remove(name);
                uses.put(name, used);
            }
        }

        assertThat(uses).isEqualTo(arrows("## Packages of core"));
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> content = Files.list(parent)) {
            return content.filter(Files::isDirectory)
                    .filter(folder -> !folder.endsWith("internal"))
                    .toList();
        }
    }

    private Map<String, Set<String>> arrows(String heading) {
        return page.table(heading).stream()
                .collect(Collectors.toMap(
                        row -> row.get(0),
                        row -> Stream.of(row.get(2).split(", *"))
                                .filter(name -> !name.isEmpty())
                                .collect(Collectors.toCollection(TreeSet::new)),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static Set<String> find(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String sources(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> files =
                    walk.filter(file -> file.toString().endsWith(".java")).toList();
            return files.stream().map(ArchitectureTest::read).collect(Collectors.joining("\n"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
