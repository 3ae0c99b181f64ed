package io.millrace.iceberg;

import io.millrace.testkit.ModuleRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private static final ModuleRules MODULE = ModuleRules.ofModuleWith(IcebergPlugin.class);

    @Test
    void theProductKnowsWhatPluginsAreToldOnly() {
        MODULE.usesOnly(
                "io.millrace.iceberg..",
                "io.millrace.catalog..",
                "io.millrace.config..",
                "io.millrace.model..",
                "io.millrace.parallelwrite..",
                "io.millrace.product..",
                "io.millrace.spi..",
                "io.millrace.internal.commit..",
                "io.millrace.internal.spark..",
                "com.fasterxml.jackson.databind..",
                "dev.failsafe..",
                "org.apache.iceberg..",
                "org.apache.spark..",
                "org.jspecify..",
                "scala..",
                "java..");
    }

    @Test
    void innerClassesOfSparkAndDeltaAreUsedInOnePackageOnly() {
        MODULE.usesInnerClassesOfSparkOnlyIn("io.millrace.iceberg.internal.spark");
    }

    @Test
    void innerPackagesUseOnlyThoseBelowThem() {
        MODULE.packagesUse(
                "io.millrace.iceberg.internal",
                Map.of(
                        "entity", List.of("action", "commit", "table", "catalog", "spark"),
                        "action", List.of("commit", "table", "catalog", "spark"),
                        "commit", List.of("table", "catalog", "spark"),
                        "table", List.of("catalog", "spark"),
                        "catalog", List.of("spark"),
                        "spark", List.of()));
    }
}
