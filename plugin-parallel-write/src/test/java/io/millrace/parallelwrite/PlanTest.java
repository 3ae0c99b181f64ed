package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.EntityCatalogConfiguration;
import io.millrace.catalog.ParallelWriteEntity;
import io.millrace.config.MillraceException;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found before anything runs. */
class PlanTest {

    private static final String ENTITY =
            """
            entities = [ { coordinates { domain = d, name = events, version = v1 }, table = events, format = Parquet
              location = /lake/events, schema = "id BIGINT, day DATE", partition-by = [day] } ]""";
    private static final String APPEND = "writerType = parallelWrite, saveMode = append";
    private static final String EVENTS = "domain = d, name = events, version = v1";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void describesWhatItWrites() {
        PipegraphPlan plan = plan(ENTITY, APPEND, EVENTS, "");

        assertThat(plan.describe().text())
                .isEqualTo(
                        """
pipegraph lake
state     /lake/state

ETL write (batch)
  input   given              given rows
  output  target             entity d/events/v1: append, exactly once""");
    }

    @Test
    void callsNothingOfAUsersCatalogButItsConstructorAndConfigure() {
        PipegraphPlan plan = plan(catalogClass(Untouchable.class.getName()), APPEND, EVENTS, "");

        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void findsCoordinatesTheCatalogDoesNotDeclare() {
        assertThat(problem(ENTITY, APPEND, "domain = d, name = event, version = v1", ""))
                .isEqualTo(
                        "lake.conf:13:9  pipegraph.models.target.value.entityDetails: the catalog has no entity d/event/v1; did you mean \"d/events/v1\"? (known: d/events/v1)");
    }

    @Test
    void findsASchemaThatIsNotDdlAndPartitionsItDoesNotHave() {
        assertThat(problem(ENTITY.replace("id BIGINT", "id BIGNIT"), APPEND, EVENTS, ""))
                .isEqualTo(
                        """
lake.conf:13:9  pipegraph.models.target.value.entityDetails: the schema the catalog declares for d/events/v1 is not DDL: [UNSUPPORTED_DATATYPE] Unsupported data type "BIGNIT". (line 1, pos 3)

== SQL ==
id BIGNIT, day DATE
---^^^""");
        assertThat(problem(ENTITY.replace("[day]", "[date, day]"), APPEND, EVENTS, ""))
                .isEqualTo(
                        "lake.conf:13:9  pipegraph.models.target.value.entityDetails: the catalog partitions d/events/v1 by date, which its schema does not have; it has id, day");
    }

    @Test
    void findsEverythingAtOnce() {
        assertThat(problem("", "writerType = parallelWrite, saveMod = append", "domain = \"\", name = \"../x\"", ""))
                .isEqualTo(
                        """
lake.conf  plugin.microservice-catalog: is missing; name your class (plugin.microservice-catalog.catalog-class = "com.acme.LakeCatalog"), list the entities (plugin.microservice-catalog.entities = [ { … } ]), or say where their servers are (plugin.microservice-catalog.base-url = "http://…")
lake.conf:9:9  pipegraph.models.target.value.writerDetails.saveMode: is missing; known: append, errorIfExists, ignore, overwrite
lake.conf:9:53  pipegraph.models.target.value.writerDetails.saveMod: unknown key; did you mean "saveMode"? (known: overwrite, saveMode, symlinkManifest, targetFileSize, writerType)
lake.conf:10:25  pipegraph.models.target.value.entityDetails.domain: must not be blank
lake.conf:10:38  pipegraph.models.target.value.entityDetails.name: must be a plain name without /, \\ or .., not "../x"
lake.conf:10:9  pipegraph.models.target.value.entityDetails.version: is missing""");
    }

    @Test
    void refusesSaveModesThatMakeNoSenseInAStream() {
        String stream = "trigger = available-now";

        assertThat(problem(ENTITY, "writerType = parallelWrite, saveMode = ignore", EVENTS, stream))
                .isEqualTo(
                        "lake.conf:12:53  pipegraph.models.target.value.writerDetails.saveMode: \"ignore\" is not for streams: the first batch would shut out all others; write append, or remove the trigger");
        assertThat(problem(ENTITY, "writerType = parallelWrite, saveMode = ErrorIfExists", EVENTS, stream))
                .isEqualTo(
                        "lake.conf:12:53  pipegraph.models.target.value.writerDetails.saveMode: \"errorIfExists\" is not for streams: the first batch would shut out all others; write append, or remove the trigger");
    }

    @Test
    void warnsOfAStreamThatOverwrites() {
        PipegraphPlan plan =
                plan(ENTITY, "writerType = parallelWrite, saveMode = overwrite", EVENTS, "trigger = available-now");

        assertThat(plan.warnings())
                .containsExactly(
                        folder
                                + "/lake.conf:9:5  pipegraph.models.target: saveMode overwrite replaces the entity with every micro-batch: only the rows of the last one stay");
    }

    @Test
    void namesTheArtifactOfAWriterThatIsNotThere() {
        assertThat(problem(ENTITY, "writerType = continuousUpdate, keys = [id], orderingExpression = day", EVENTS, ""))
                .isEqualTo(
                        "lake.conf:12:25  pipegraph.models.target.value.writerDetails.writerType: writer type continuousUpdate is not on the class path; add the dependency io.millrace:millrace-plugin-continuous-update");
    }

    @Test
    void refusesASymlinkManifestOfParquet() {
        assertThat(problem(ENTITY, APPEND + ", symlinkManifest = true", EVENTS, ""))
                .isEqualTo(
                        "lake.conf:12:72  pipegraph.models.target.value.writerDetails.symlinkManifest: is for Delta tables; entity d/events/v1 is Parquet");
    }

    @Test
    void saysThatTheCatalogIsMissing() {
        assertThat(problem("", APPEND, EVENTS, ""))
                .isEqualTo(
                        "lake.conf  plugin.microservice-catalog: is missing; name your class (plugin.microservice-catalog.catalog-class = \"com.acme.LakeCatalog\"), list the entities (plugin.microservice-catalog.entities = [ { … } ]), or say where their servers are (plugin.microservice-catalog.base-url = \"http://…\")");
    }

    @Test
    void saysThatTheCatalogClassIsBlank() {
        assertThat(problem(catalogClass(" "), APPEND, EVENTS, ""))
                .isEqualTo(
                        "lake.conf:2:1  plugin.microservice-catalog.catalog-class: is blank; name your class (plugin.microservice-catalog.catalog-class = \"com.acme.LakeCatalog\"), list the entities (plugin.microservice-catalog.entities = [ { … } ]), or say where their servers are (plugin.microservice-catalog.base-url = \"http://…\")");
    }

    @Test
    void saysThatTheCatalogClassIsNotFound() {
        assertThat(problem(catalogClass("com.acme.LakeCatalog"), APPEND, EVENTS, ""))
                .isEqualTo(
                        "lake.conf:2:1  plugin.microservice-catalog.catalog-class: class \"com.acme.LakeCatalog\" not found; check the name, and that its jar is on the classpath (--jars)");
    }

    @Test
    void saysThatTheCatalogClassIsNoCatalog() {
        assertThat(problem(catalogClass("java.lang.String"), APPEND, EVENTS, ""))
                .isEqualTo(
                        "lake.conf:2:1  plugin.microservice-catalog.catalog-class: class \"java.lang.String\" does not extend io.millrace.catalog.EntityCatalogConfiguration");
    }

    @Test
    void saysThatTheConstructorOfTheCatalogClassThrew() {
        assertThat(problem(catalogClass(Broken.class.getName()), APPEND, EVENTS, ""))
                .isEqualTo(
                        "lake.conf:2:1  plugin.microservice-catalog.catalog-class: class \"io.millrace.parallelwrite.PlanTest$Broken\" failed in its constructor: java.lang.IllegalStateException: the lake is dry");
    }

    @Test
    void saysThatTheCatalogClassHasNoConstructorToCall() {
        assertThat(problem(catalogClass(Closed.class.getName()), APPEND, EVENTS, ""))
                .isEqualTo(
                        "lake.conf:2:1  plugin.microservice-catalog.catalog-class: class \"io.millrace.parallelwrite.PlanTest$Closed\" has no public constructor without arguments");
    }

    private static String catalogClass(String name) {
        return "catalog-class: \"" + name + "\"";
    }

    private String problem(String catalog, String writerDetails, String entityDetails, String etl) {
        MillraceException refused =
                catchThrowableOfType(MillraceException.class, () -> plan(catalog, writerDetails, entityDetails, etl));
        assertThat(refused.kind()).isEqualTo(MillraceException.Kind.USER);
        return refused.getMessage().replace(folder + "/", "");
    }

    private PipegraphPlan plan(String catalog, String writerDetails, String entityDetails, String etl) {
        Path file = folder.resolve("lake.conf");
        try {
            Files.writeString(
                    file,
                    """
                    %s
                    pipegraph {
                      name = lake, state = /lake/state
                      models {
                        given { product = given }
                        target {
                          product = parallelWrite
                          value {
                            writerDetails { %s }
                            entityDetails { %s }
                          }
                        }
                      }
                      etls = [ { name = write, inputs { given = given }, output = target, %s } ]
                    }
                    """
                            .formatted(
                                    catalog.isEmpty() ? "" : "plugin { microservice-catalog {\n" + catalog + "\n} }",
                                    writerDetails,
                                    entityDetails,
                                    etl));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        return new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(file, Map.of()));
    }

    /** A catalog that must not be asked. */
    public static final class Untouchable extends EntityCatalogConfiguration {

        @Override
        protected void configure(Config root) {
            assertThat(root.getString("pipegraph.name")).isEqualTo("lake");
        }

        @Override
        public ParallelWriteEntity getEntity(CatalogCoordinates coordinates) {
            throw new AssertionError("asked for an entity");
        }

        @Override
        public String getEntityTableName(CatalogCoordinates coordinates) {
            throw new AssertionError("asked for a table");
        }
    }

    /** A catalog that cannot be made. */
    public abstract static class Unmade extends EntityCatalogConfiguration {

        @Override
        public ParallelWriteEntity getEntity(CatalogCoordinates coordinates) {
            throw new AssertionError("asked for an entity");
        }

        @Override
        public String getEntityTableName(CatalogCoordinates coordinates) {
            throw new AssertionError("asked for a table");
        }
    }

    /** A catalog whose constructor throws. */
    public static final class Broken extends Unmade {
        public Broken() {
            throw new IllegalStateException("the lake is dry");
        }
    }

    /** A catalog whose constructor wants something. */
    public static final class Closed extends Unmade {
        public Closed(String key) {
            throw new IllegalStateException(key);
        }
    }
}
