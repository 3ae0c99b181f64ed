package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What pages tell users to depend on is what this build makes, in this version. */
class DependenciesTest {

    private static final Pattern DEPENDENCY = Pattern.compile(
            "<groupId>io\\.millrace</groupId>\\s*<artifactId>millrace-(.*)</artifactId>\\s*<version>(.*)</version>");
    private static final Pattern COORDINATES = Pattern.compile("io\\.millrace:millrace-([a-z-]*[a-z])");

    @Test
    void theDependenciesOfPagesExist() throws IOException {
        String root = Files.readString(Page.REPOSITORY.resolve("pom.xml"));
        String version =
                root.replaceFirst("(?s).*?<artifactId>millrace</artifactId>\\s*<version>(.*?)</version>.*", "$1");
        List<String> wrong = new ArrayList<>();
        for (Page page : Page.all()) {
            String text = String.join("\n", page.lines());
            for (Matcher found = DEPENDENCY.matcher(text); found.find(); ) {
                if (!module(found.group(1)) || !found.group(2).equals(version)) {
                    wrong.add(page.path() + ": " + found.group());
                }
            }
            for (Matcher found = COORDINATES.matcher(text); found.find(); ) {
                if (!module(found.group(1))) {
                    wrong.add(page.path() + ": " + found.group());
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static boolean module(String name) {
        return Files.exists(Page.REPOSITORY.resolve(name).resolve("pom.xml"));
    }
}
