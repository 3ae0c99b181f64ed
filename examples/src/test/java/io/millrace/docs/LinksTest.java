package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksTest {

    @Test
    void everyInternalLinkLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Page page : Page.all()) {
            for (Page.Located link : page.links()) {
                if (internal(link) && !leadsSomewhere(page, link.text())) {
                    broken.add(page.path() + ":" + link.line() + " " + link.text());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageIsReachedFromTheReadme() {
        List<Path> reached = new ArrayList<>(List.of(Path.of("README.md")));
        for (int i = 0; i < reached.size(); i++) {
            Page page = Page.at(reached.get(i).toString());
            for (Page.Located link : page.links()) {
                Path linked = internal(link) ? target(page, link.text()) : page.path();
                Path readme = linked.resolve("README.md"); // what a folder shows
                Path target = Files.exists(Page.REPOSITORY.resolve(readme)) ? readme : linked;
                if (target.toString().endsWith(".md") && !reached.contains(target)) {
                    reached.add(target);
                }
            }
        }
        assertThat(Page.all()).extracting(Page::path).allMatch(reached::contains);
    }

    private static boolean internal(Page.Located link) {
        return !link.text().matches("(https?|mailto):.*");
    }

    private static boolean leadsSomewhere(Page page, String link) {
        Path target = target(page, link);
        int hash = link.indexOf('#');
        if (!Files.exists(Page.REPOSITORY.resolve(target))) {
            return false;
        }
        return hash < 0 || Page.at(target.toString()).anchors().contains(link.substring(hash + 1));
    }

    private static Path target(Page page, String link) {
        String file = link.replaceFirst("#.*", "");
        return file.isEmpty()
                ? page.path()
                : Page.REPOSITORY.relativize(Page.REPOSITORY
                        .resolve(page.path())
                        .resolveSibling(file)
                        .normalize());
    }
}
