package io.millrace.flare;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrowsTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(
                    FlareWorkflows.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void theDialectKnowsCoreAndNoPlugin() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.millrace.flare..",
                        "io.millrace.config..",
                        "io.millrace.load..",
                        "io.millrace.model..",
                        "io.millrace.spark..",
                        "io.millrace.spi..",
                        "io.millrace.workflow..",
                        "com.fasterxml.jackson.databind..",
                        "org.apache.spark.sql",
                        "org.apache.spark.sql.types",
                        "org.jspecify..",
                        "org.slf4j..",
                        "java..")
                .check(MAIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    envelope | job, text, depot
                    job      | dataset, strategy, text, depot
                    dataset  | text, depot
                    text     | depot
                    depot    | ''
                    strategy | ''
                    """)
    void innerPackagesKnowOnlyThoseBelowThem(String name, String below) {
        String flare = FlareWorkflows.class.getPackageName();
        List<String> allowed = Stream.concat(Stream.of(name), Stream.of(below.split(", ", -1)))
                .map((flare + ".internal.")::concat)
                .toList();

        classes()
                .that()
                .resideInAPackage(flare + ".internal." + name)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "are in " + allowed + " or of another module",
                        (JavaClass type) ->
                                !type.getPackageName().startsWith(flare) || allowed.contains(type.getPackageName())))
                .check(MAIN);
    }
}
