package io.millrace.flare;

import io.millrace.testkit.ModuleRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private static final ModuleRules MODULE = ModuleRules.ofModuleWith(FlareWorkflows.class);

    @Test
    void theDialectKnowsCoreAndNoPlugin() {
        MODULE.usesOnly(
                "io.millrace.flare..",
                "io.millrace.config..",
                "io.millrace.load..",
                "io.millrace.model..",
                "io.millrace.internal.spark..",
                "io.millrace.spi..",
                "io.millrace.workflow..",
                "com.fasterxml.jackson.databind..",
                "org.apache.spark.sql",
                "org.apache.spark.sql.types",
                "org.jspecify..",
                "org.slf4j..",
                "java..");
    }

    @Test
    void innerPackagesUseOnlyThoseBelowThem() {
        MODULE.packagesUse(
                "io.millrace.flare.internal",
                Map.of(
                        "envelope", List.of("job", "text", "depot"),
                        "job", List.of("dataset", "strategy", "text", "depot"),
                        "dataset", List.of("text", "depot"),
                        "text", List.of("depot"),
                        "depot", List.of(),
                        "strategy", List.of()));
    }
}
