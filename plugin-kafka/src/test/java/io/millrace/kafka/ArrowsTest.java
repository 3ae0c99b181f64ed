package io.millrace.kafka;

import io.millrace.testkit.ModuleRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private static final ModuleRules MODULE = ModuleRules.ofModuleWith(KafkaPlugin.class);

    @Test
    void theProductKnowsWhatPluginsAreToldOnly() {
        MODULE.usesOnly(
                "io.millrace.kafka..",
                "io.millrace.config..",
                "io.millrace.http..",
                "io.millrace.internal.http..",
                "javax.net.ssl..",
                "io.millrace.internal.decode..",
                "com.fasterxml.jackson..",
                "org.apache.avro..",
                "org.apache.kafka..",
                "org.slf4j..",
                "io.millrace.model..",
                "io.millrace.spi..",
                "io.millrace.internal.spark..",
                "org.apache.spark..",
                "org.jspecify..",
                "scala..",
                "java..");
    }

    @Test
    void innerClassesOfSparkAndDeltaAreUsedInOnePackageOnly() {
        MODULE.usesInnerClassesOfSparkOnlyIn("io.millrace.kafka.internal.spark");
    }

    @Test
    void innerPackagesUseOnlyThoseBelowThem() {
        MODULE.packagesUse(
                "io.millrace.kafka.internal",
                Map.of(
                        "decode", List.of("schema", "broker", "registry", "spark"),
                        "encode", List.of("broker", "registry", "spark"),
                        "schema", List.of("registry", "spark"),
                        "broker", List.of(),
                        "registry", List.of(),
                        "spark", List.of()));
    }
}
