package io.millrace.parallelwrite;

import io.millrace.testkit.ModuleRules;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private static final ModuleRules MODULE = ModuleRules.ofModuleWith(ParallelWritePlugin.class);

    @Test
    void theProductKnowsTheCatalogAndWhatPluginsAreToldOnly() {
        MODULE.usesOnly(
                "io.millrace.parallelwrite..",
                "io.millrace.catalog..",
                "io.millrace.config..",
                "io.millrace.model..",
                "io.millrace.spi..",
                "io.millrace.internal.files..",
                "io.millrace.internal.spark..",
                "com.fasterxml.jackson.databind..",
                "com.typesafe.config..",
                "io.delta.tables..",
                "org.apache.hadoop..",
                "org.apache.spark..",
                "org.jspecify..",
                "scala..",
                "java..");
    }

    @Test
    void innerClassesOfSparkAndDeltaAreUsedInOnePackageOnly() {
        MODULE.usesInnerClassesOfSparkOnlyIn("io.millrace.parallelwrite.internal.spark..");
    }
}
