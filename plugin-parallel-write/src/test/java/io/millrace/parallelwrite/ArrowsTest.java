package io.millrace.parallelwrite;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(ParallelWritePlugin.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    @Test
    void theProductKnowsTheCatalogAndWhatPluginsAreToldOnly() {
        ArchRule rule = classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.millrace.parallelwrite..",
                        "io.millrace.catalog..",
                        "io.millrace.config..",
                        "io.millrace.model..",
                        "io.millrace.spi..",
                        "io.millrace.files..",
                        "io.millrace.spark..",
                        "com.fasterxml.jackson.databind..",
                        "com.typesafe.config..",
                        "io.delta.tables..",
                        "org.apache.hadoop..",
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
                .resideOutsideOfPackage("io.millrace.parallelwrite.spark..")
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
