package io.millrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.millrace.Millrace;
import io.millrace.catalog.EntityCatalogLoader;
import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.config.Problems;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.workflow.WorkflowPlanner;
import io.millrace.workflow.WorkflowSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoconBlocksTest {

    private final Planner planner = new Planner(PluginRegistry.ofClassPath());

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    /** A whole pipegraph is planned, a workflow with those that its page asks to save, settings of the catalog are loaded, and anything less is HOCON. */
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
            if (written.hasPathOrNull("workflow.name")) {
                plan(block);
            } else if (written.hasPathOrNull("pipegraph.name")) {
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
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void plan(Block workflow) throws IOException {
        for (Block block : workflow.page().blocks("hocon")) {
            if (block.file().isPresent()) {
                Files.writeString(folder.resolve(block.file().get()), block.text());
            }
        }
        Path file = Files.writeString(folder.resolve("of-page.conf"), workflow.text());
        new WorkflowPlanner(PluginRegistry.ofClassPath())
                .plan(Millrace.workflows().load(file, WorkflowSettings.NONE));
    }
}
