package io.millrace.iceberg;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(IcebergPlugin.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void theProductKnowsWhatPluginsAreToldOnly() {
        ArchRule rule = classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.millrace.iceberg..",
                        "io.millrace.catalog..",
                        "io.millrace.config..",
                        "io.millrace.model..",
                        "io.millrace.parallelwrite..",
                        "io.millrace.spi..",
                        "io.millrace.spark..",
                        "com.fasterxml.jackson.databind..",
                        "dev.failsafe..",
                        "org.apache.iceberg..",
                        "org.apache.spark..",
                        "org.jspecify..",
                        "scala..",
                        "java..");

        rule.check(MAIN);
    }

    @Test
    void innerClassesOfSparkAreUsedInOnePackageOnly() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("io.millrace.iceberg.spark..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.spark.sql.catalyst..",
                        "org.apache.spark.sql.classic..",
                        "org.apache.spark.sql.connector..",
                        "org.apache.spark.sql.delta..",
                        "org.apache.spark.sql.execution..",
                        "org.apache.spark.sql.internal..",
                        "scala..");

        rule.check(MAIN);
    }
}
