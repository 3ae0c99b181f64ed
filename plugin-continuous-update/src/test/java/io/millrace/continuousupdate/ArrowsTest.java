package io.millrace.continuousupdate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(ContinuousUpdateWriter.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    @Test
    void theWriterKnowsItsProductAndWhatThatBringsOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.millrace.continuousupdate..",
                        "io.millrace.parallelwrite..",
                        "io.millrace.catalog..",
                        "io.millrace.config..",
                        "io.millrace.model..",
                        "io.millrace.spi..",
                        "io.millrace.spark..",
                        "dev.failsafe..",
                        "io.delta.tables..",
                        "org.apache.spark..",
                        "org.jspecify..",
                        "scala..",
                        "java..")
                .check(MAIN);
    }

    @Test
    void innerClassesOfSparkAndDeltaAreUsedInOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.millrace.continuousupdate.spark..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.spark.rdd..",
                        "org.apache.spark.sql.catalyst..",
                        "org.apache.spark.sql.classic..",
                        "org.apache.spark.sql.delta..",
                        "org.apache.spark.sql.execution..",
                        "org.apache.spark.sql.internal..",
                        "scala..")
                .check(MAIN);
    }
}
