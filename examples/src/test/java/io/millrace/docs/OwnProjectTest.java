package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The project outside of this build says what this build says. Its tests run in a Maven of their own. */
class OwnProjectTest {

    private static final Path PROJECT = Page.REPOSITORY.resolve("examples/own-project");
    private static final Pattern PROPERTY = Pattern.compile("<([a-z0-9.-]+)>([^<>]+)</\\1>");

    @Test
    void itsVersionsAreThoseOfThisBuild() throws IOException {
        Map<String, String> ours = properties(Page.REPOSITORY.resolve("pom.xml"));
        Map<String, String> its = properties(PROJECT.resolve("pom.xml"));

        assertThat(its.remove("millrace.version")).isEqualTo(version());
        assertThat(its).hasSizeGreaterThan(10);
        assertThat(ours).containsAllEntriesOf(its);
    }

    @Test
    void itsPipegraphIsPlannedWithItsSinkAndItsStrategies() {
        PipegraphPlan plan = new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(PROJECT.resolve("pipegraph.conf"), Map.of()));

        assertThat(plan.describe().text())
                .contains(
                        "com.acme.orders.DropRepeats",
                        "com.acme.orders.ScoreOrders",
                        "table watch_list of jdbc:h2:./.millrace/own-project/shop, exactly once");
    }

    private static String version() throws IOException {
        return Files.readString(Page.REPOSITORY.resolve("pom.xml"))
                .replaceFirst("(?s).*?<artifactId>millrace</artifactId>\\s*<version>(.*?)</version>.*", "$1");
    }

    private static Map<String, String> properties(Path pom) throws IOException {
        String text = Files.readString(pom);
        Matcher property =
                PROPERTY.matcher(text.substring(text.indexOf("<properties>") + 12, text.indexOf("</properties>")));
        Map<String, String> properties = new TreeMap<>();
        while (property.find()) {
            properties.put(property.group(1), property.group(2));
        }
        return properties;
    }
}
