package io.millrace.iceberg;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                        "io.millrace.product..",
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
                .resideOutsideOfPackage("io.millrace.iceberg.internal.spark")
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    entity  | action, commit, table, catalog, spark
                    action  | commit, table, catalog, spark
                    commit  | table, catalog, spark
                    table   | catalog, spark
                    catalog | spark
                    spark   | ''
                    """)
    void innerPackagesKnowOnlyThoseBelowThem(String name, String below) {
        String product = IcebergPlugin.class.getPackageName();
        List<String> allowed = Stream.concat(Stream.of(name), Stream.of(below.split(", ", -1)))
                .map((product + ".internal.")::concat)
                .toList();

        classes()
                .that()
                .resideInAPackage(product + ".internal." + name)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "are in " + allowed + " or of another module",
                        (JavaClass type) ->
                                !type.getPackageName().startsWith(product) || allowed.contains(type.getPackageName())))
                .check(MAIN);
    }
}
