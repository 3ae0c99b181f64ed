package io.millrace.cli;

import io.millrace.testkit.ModuleRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private static final ModuleRules MODULE = ModuleRules.ofModuleWith(Main.class);

    @Test
    void innerPackagesUseOnlyThoseBelowThem() {
        MODULE.packagesUse(
                "io.millrace.cli.internal",
                Map.ofEntries(
                        Map.entry("workflow", List.of("pipegraph", "slices", "run", "command", "terminal")),
                        Map.entry("pipegraph", List.of("slices", "run", "command", "terminal")),
                        Map.entry("slices", List.of("run", "command", "terminal")),
                        Map.entry("letters", List.of("run", "command", "terminal")),
                        Map.entry("run", List.of("command", "terminal")),
                        Map.entry("compact", List.of("command", "terminal")),
                        Map.entry("demo", List.of("command", "terminal")),
                        Map.entry("sql", List.of("command", "terminal")),
                        Map.entry("command", List.of("terminal")),
                        Map.entry("terminal", List.of()),
                        Map.entry("spark", List.of())));
    }

    @Test
    void innerClassesOfSparkAreUsedInOnePackage() {
        MODULE.usesInnerClassesOfSparkOnlyIn("io.millrace.cli.internal.spark");
    }
}
