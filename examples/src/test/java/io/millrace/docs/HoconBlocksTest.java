package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.millrace.catalog.EntityCatalogLoader;
import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.config.Problems;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoconBlocksTest {

    private final Planner planner = new Planner(PluginRegistry.ofClassPath());

    /** A whole pipegraph is planned, settings of the catalog are loaded, and anything less is HOCON. */
    @Test
    void everyBlockIsRight() {
        List<String> wrong = Page.all().stream()
                .flatMap(page -> page.blocks("hocon").stream())
                .flatMap(block -> problem(block).map(problem -> block.place() + "\n" + problem).stream())
                .toList();

        assertThat(wrong).isEmpty();
    }

    private Optional<String> problem(Block block) {
        try {
            Config written = ConfigFactory.parseString(block.text());
            if (written.hasPathOrNull("pipegraph.name")) {
                planner.plan(PipegraphLoader.load(HoconReader.parse(block.place(), block.text())));
            } else if (written.hasPathOrNull(EntityCatalogLoader.PATH)) {
                ConfigDocument document = HoconReader.parse(block.place(), block.text());
                Problems problems = new Problems();
                new EntityCatalogLoader().check(document, problems);
                problems.throwIfAny();
            }
            return Optional.empty();
        } catch (ConfigException | MillraceException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }
}
