package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import io.millrace.config.Problems;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class EntityCatalogLoaderTest {

    private static final String WAYS =
            "name your class (plugin.microservice-catalog.catalog-class = \"com.acme.LakeCatalog\"), "
                    + "list the entities (plugin.microservice-catalog.entities = [ { … } ]), "
                    + "or say where their servers are (plugin.microservice-catalog.base-url = \"http://…\")";
    private static final CatalogCoordinates ORDERS = new CatalogCoordinates("sales", "orders", "v1");

    /** What a user writes. */
    public static class LakeCatalog extends EntityCatalogConfiguration {

        private String root = "";

        @Override
        protected void configure(Config config) {
            root = config.hasPath("lake") ? config.getString("lake") : "/lake";
        }

        @Override
        public ParallelWriteEntity getEntity(CatalogCoordinates coordinates) {
            return ParallelWriteEntity.local("Delta", root + "/" + coordinates.name());
        }

        @Override
        public String getEntityTableName(CatalogCoordinates coordinates) {
            return coordinates.name();
        }
    }

    /** Fails as soon as it is asked for anything. */
    public static final class OnlyConfigured extends LakeCatalog {
        @Override
        public ParallelWriteEntity getEntity(CatalogCoordinates coordinates) {
            throw new AssertionError("check must not ask");
        }

        @Override
        public String getEntityTableName(CatalogCoordinates coordinates) {
            throw new AssertionError("check must not ask");
        }
    }

    /** Throws in its constructor. */
    public static final class Exploding extends LakeCatalog {
        /** Throws. */
        public Exploding() {
            throw new IllegalStateException("no licence");
        }
    }

    /** Throws when it is configured. */
    public static final class Unconfigurable extends LakeCatalog {
        @Override
        protected void configure(Config config) {
            config.getString("acme.endpoint");
        }
    }

    /** Needs an argument. */
    public static final class Demanding extends LakeCatalog {
        /** Takes what the loader has not. */
        public Demanding(String argument) {
            super();
            assertThat(argument).isNotNull();
        }
    }

    /** Cannot be constructed. */
    public abstract static class Unfinished extends EntityCatalogConfiguration {}

    /** Is out of reach. */
    static final class Hidden extends LakeCatalog {}

    @Test
    void takesTheBlockOfTheDocumentPastedVerbatim() {
        EntityCatalogConfiguration catalog = load(
                """
                plugin {
                  microservice-catalog {
                    catalog-class: "io.millrace.catalog.EntityCatalogLoaderTest$LakeCatalog"
                  }
                }
                lake = "s3://lake"
                """);

        assertThat(catalog.getEntity(ORDERS)).isEqualTo(ParallelWriteEntity.local("Delta", "s3://lake/orders"));
    }

    @Test
    void leavesOtherSettingsToTheUsersClass() {
        assertThat(load(catalogClass(LakeCatalog.class.getName()) + "\nplugin.microservice-catalog.region = eu"))
                .isInstanceOf(LakeCatalog.class);
    }

    @Test
    void saysHowToNameACatalogWhereNoneIsNamed() {
        refused("lake = x", "conf  plugin.microservice-catalog: is missing; " + WAYS)
                .hasNoCause();
        refused(
                        "plugin.microservice-catalog {}",
                        "conf:1:8  plugin.microservice-catalog: says nothing of entities; " + WAYS)
                .hasNoCause();
        refused(
                        "plugin.microservice-catalog.catalog-class = \" \"",
                        "conf:1:29  plugin.microservice-catalog.catalog-class: is blank; " + WAYS)
                .hasNoCause();
        refused(
                        "plugin.microservice-catalog.catalog-class = null",
                        "conf:1:29  plugin.microservice-catalog.catalog-class: is blank; " + WAYS)
                .hasNoCause();
    }

    @Test
    void refusesAClassThatIsNotThere() {
        refused(
                        catalogClass("com.acme.Missing"),
                        problem("class \"com.acme.Missing\" not found; check the name, "
                                + "and that its jar is on the classpath (--jars)"))
                .hasCauseInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void refusesAClassThatIsNoCatalog() {
        refused(
                        catalogClass("java.lang.String"),
                        problem("class \"java.lang.String\" does not extend "
                                + "io.millrace.catalog.EntityCatalogConfiguration"))
                .hasCauseInstanceOf(ClassCastException.class);
    }

    @Test
    void refusesAClassThatCannotBeConstructed() {
        refused(
                        catalogClass(Demanding.class.getName()),
                        problem("class \"" + Demanding.class.getName()
                                + "\" has no public constructor without arguments"))
                .hasCauseInstanceOf(NoSuchMethodException.class);
        refused(
                        catalogClass(Unfinished.class.getName()),
                        problem("class \"" + Unfinished.class.getName()
                                + "\" is abstract; name a class that can be constructed"))
                .hasCauseInstanceOf(InstantiationException.class);
        refused(catalogClass(Hidden.class.getName()), problem("class \"" + Hidden.class.getName() + "\" is not public"))
                .hasCauseInstanceOf(IllegalAccessException.class);
    }

    @Test
    void keepsWhatTheConstructorThrew() {
        refused(
                        catalogClass(Exploding.class.getName()),
                        problem("class \"" + Exploding.class.getName()
                                + "\" failed in its constructor: java.lang.IllegalStateException: no licence"))
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("no licence");
    }

    @Test
    void keepsWhatTheConfigurationThrew() {
        refused(
                        catalogClass(Unconfigurable.class.getName()),
                        problem("class \"" + Unconfigurable.class.getName()
                                + "\" failed to configure itself: com.typesafe.config.ConfigException$Missing: "
                                + "conf: 1: No configuration setting found for key 'acme'"))
                .hasCauseInstanceOf(com.typesafe.config.ConfigException.Missing.class);
    }

    @Test
    void checkConstructsAndConfiguresAndCallsNothingElse() {
        Problems problems = new Problems();

        assertThat(new EntityCatalogLoader().check(conf(catalogClass(OnlyConfigured.class.getName())), problems))
                .get()
                .isInstanceOf(OnlyConfigured.class);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void checkNotesWhatLoadThrows() {
        Problems problems = new Problems();

        assertThat(new EntityCatalogLoader().check(conf(catalogClass("com.acme.Missing")), problems))
                .isEmpty();
        assertThat(problems.asList())
                .extracting(Problem::toString)
                .containsExactly(problem("class \"com.acme.Missing\" not found; check the name, "
                        + "and that its jar is on the classpath (--jars)"));
    }

    @Test
    void loadsThroughTheClassLoaderItIsGiven() {
        ClassLoader knowsNothing = new ClassLoader(null) {};

        assertThatThrownBy(() ->
                        new EntityCatalogLoader(knowsNothing).load(conf(catalogClass(LakeCatalog.class.getName()))))
                .hasMessage(problem("class \"" + LakeCatalog.class.getName()
                        + "\" not found; check the name, and that its jar is on the classpath (--jars)"));
    }

    @Test
    void reportsAllSettingsAtOnce() {
        refused(
                """
                plugin.microservice-catalog {
                  entitys = []
                  exchange { retries = -1, poll-interval = 0s, poll-limt = 3 }
                }""",
                """
                conf:1:8  plugin.microservice-catalog: says nothing of entities; \
                """
                        + WAYS
                        + """

                conf:2:3  plugin.microservice-catalog.entitys: unknown key; did you mean "entities"? \
                (known: base-url, catalog-class, entities, exchange)
                conf:3:14  plugin.microservice-catalog.exchange.retries: must be a whole number from 0 to 2147483647, not -1
                conf:3:28  plugin.microservice-catalog.exchange.poll-interval: must be longer than nothing
                conf:3:48  plugin.microservice-catalog.exchange.poll-limt: unknown key; did you mean "poll-limit"? \
                (known: connect-timeout, poll-interval, poll-limit, request-timeout, retries, retry-pause)""");
    }

    private static String catalogClass(String name) {
        return "plugin { microservice-catalog { catalog-class: \"" + name + "\" } }";
    }

    private static String problem(String message) {
        return "conf:1:33  plugin.microservice-catalog.catalog-class: " + message;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String text, String message) {
        return assertThatThrownBy(() -> load(text))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage(message);
    }

    private static EntityCatalogConfiguration load(String text) {
        return new EntityCatalogLoader().load(conf(text));
    }

    private static ConfigDocument conf(String text) {
        return HoconReader.parse("conf", text);
    }
}
