package io.millrace.testkit;

import io.millrace.spi.Sink;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who knows whom, in core and in the testkit: the tables of docs/architecture.md. */
class ArrowsTest {

    private static final ModuleRules CORE = ModuleRules.ofModuleWith(Sink.class);
    private static final ModuleRules TESTKIT = ModuleRules.ofModuleWith(SinkContract.class);

    private static final Map<String, List<String>> SPARK = Map.of(
            "text", List.of(),
            "sql", List.of(),
            "rows", List.of("sql", "text"),
            "files", List.of("rows", "sql"),
            "delta", List.of("files", "rows"),
            "session", List.of("delta"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    model            | config
                    load             | model, config
                    spi              | model, config
                    spi.upsert       | spi, config
                    product          | model, spi
                    plan             | model, load, spi, internal.state, internal.spark, config
                    run              | model, plan, deadletter, spi, internal.ledger, internal.state, internal.spark, config
                    workflow         | model, load, plan, run, spi, internal.ledger, internal.state, internal.spark, config
                    deadletter       | model, plan, spi, internal.ledger, internal.state, config
                    internal.ledger  | internal.state, spi, internal.spark, config
                    internal.state   | internal.files, internal.spark, config
                    internal.commit  | config
                    internal.files   | spi, internal.spark, config
                    internal.builtin | internal.files, internal.decode, model, spi, spi.upsert, internal.spark, config
                    internal.decode  | spi, internal.spark, config
                    internal.spark   | internal.spark, spi, config
                    """)
    void packagesOfCoreKnowOnlyThoseTheyMay(String name, String known) {
        List<String> others =
                Stream.of(known.split(", ", -1)).flatMap(ArrowsTest::withRooms).toList();
        withRooms(name).forEach(each -> CORE.packagesUse("io.millrace", Map.of(each, others)));
    }

    private static Stream<String> withRooms(String name) {
        return name.equals("internal.spark")
                ? Stream.concat(Stream.of(name), SPARK.keySet().stream().map(room -> name + "." + room))
                : Stream.of(name);
    }

    @Test
    void packagesThatTouchSparkKnowOnlyThoseBelowThem() {
        CORE.packagesUse("io.millrace.internal.spark", SPARK);
    }

    @Test
    void coreKnowsTheConfigurationAndNoOtherModule() {
        CORE.usesNoneOf(
                "io.millrace.catalog..",
                "io.millrace.parallelwrite..",
                "io.millrace.continuousupdate..",
                "io.millrace.kafka..",
                "io.millrace.iceberg..",
                "io.millrace.flare..",
                "io.millrace.broker..",
                "io.millrace.testkit..",
                "io.millrace.cli..");
    }

    @Test
    void theTestkitKnowsCoreAndNoPlugin() {
        TESTKIT.usesNoneOf(
                "io.millrace.catalog..",
                "io.millrace.parallelwrite..",
                "io.millrace.continuousupdate..",
                "io.millrace.kafka..",
                "io.millrace.iceberg..",
                "io.millrace.flare..",
                "io.millrace.cli..");
    }

    @Test
    void theInnerClassesOfSparkAndDeltaAreTouchedOnlyInPackagesNamedSpark() {
        for (ModuleRules module : Arrays.asList(CORE, TESTKIT)) {
            module.usesInnerClassesOfSparkOnlyIn("io.millrace..spark..");
        }
    }

    @Test
    void whatPluginsImplementSpeaksOfSparksPublicClassesOnly() {
        CORE.packageUsesOnly(
                "io.millrace.spi..",
                "io.millrace.spi..",
                "io.millrace.model",
                "io.millrace.config",
                "org.apache.spark",
                "org.apache.spark.sql",
                "org.apache.spark.sql.types",
                "org.jspecify..",
                "java..",
                "scala..");
    }
}
