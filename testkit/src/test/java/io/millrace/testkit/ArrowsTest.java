package io.millrace.testkit;

import io.millrace.spi.Sink;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who knows whom, in core and in the testkit: the tables of docs/architecture.md. */
class ArrowsTest {

    private static final ModuleRules CORE = ModuleRules.ofModuleWith(Sink.class);
    private static final ModuleRules TESTKIT = ModuleRules.ofModuleWith(SinkContract.class);

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
                    internal.spark   | spi, config
                    """)
    void packagesOfCoreKnowOnlyThoseTheyMay(String name, String known) {
        CORE.packagesUse("io.millrace", Map.of(name, List.of(known.split(", ", -1))));
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
            module.usesInnerClassesOfSparkOnlyIn("io.millrace..spark");
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
