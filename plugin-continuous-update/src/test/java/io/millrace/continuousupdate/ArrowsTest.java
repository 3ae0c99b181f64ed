package io.millrace.continuousupdate;

import io.millrace.testkit.ModuleRules;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private static final ModuleRules MODULE = ModuleRules.ofModuleWith(ContinuousUpdateWriter.class);

    @Test
    void theWriterKnowsItsProductAndWhatThatBringsOnly() {
        MODULE.usesOnly(
                "io.millrace.continuousupdate..",
                "io.millrace.parallelwrite..",
                "io.millrace.catalog..",
                "io.millrace.config..",
                "io.millrace.model..",
                "io.millrace.spi..",
                "io.millrace.internal.commit..",
                "io.millrace.internal.spark..",
                "dev.failsafe..",
                "io.delta.tables..",
                "org.apache.spark..",
                "org.jspecify..",
                "scala..",
                "java..");
    }

    @Test
    void innerClassesOfSparkAndDeltaAreUsedInOnePackageOnly() {
        MODULE.usesInnerClassesOfSparkOnlyIn("io.millrace.continuousupdate.internal.spark..");
    }
}
