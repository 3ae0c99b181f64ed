package io.millrace.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.millrace.spi.Sink;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who knows whom, in core and in the testkit: the tables of docs/architecture.md. */
class ArrowsTest {

    private static final JavaClasses CORE = classesBeside(Sink.class);
    private static final JavaClasses TESTKIT = classesBeside(SinkContract.class);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    model   | config
                    load    | model, config
                    spi     | model, config
                    spi.upsert | spi, config
                    plan    | model, load, state, spi, spark, config
                    run        | model, plan, deadletter, ledger, state, spi, spark, config
                    workflow   | model, load, plan, run, ledger, state, spi, spark, config
                    deadletter | model, plan, ledger, state, spi, spark, config
                    ledger     | state, spark, config
                    state      | files, spark, config
                    files   | spi, spark, config
                    builtin | files, decode, model, spi, spark, config
                    product | model, spi
                    decode  | spi, spark, config
                    spark   | spi, config
                    """)
    void packagesOfCoreKnowOnlyThoseTheyMay(String name, String known) {
        Stream<String> others = known.isEmpty() ? Stream.empty() : Stream.of(known.split(", ", -1));
        List<String> allowed = Stream.concat(Stream.of(name), others)
                .map(each -> "io.millrace." + each)
                .toList();

        classes()
                .that()
                .resideInAPackage("io.millrace." + name)
                .should()
                .onlyDependOnClassesThat(notOfMillraceOrIn(allowed))
                .check(CORE);
    }

    @Test
    void coreKnowsTheConfigurationAndNoOtherModule() {
        classes()
                .should()
                .onlyDependOnClassesThat(notOfMillraceOrIn(Stream.of(
                                "",
                                ".model",
                                ".load",
                                ".spi",
                                ".plan",
                                ".run",
                                ".workflow",
                                ".deadletter",
                                ".ledger",
                                ".state",
                                ".files",
                                ".decode",
                                ".builtin",
                                ".product",
                                ".spark",
                                ".config")
                        .map(each -> "io.millrace" + each)
                        .toList()))
                .check(CORE);
    }

    @Test
    void theTestkitKnowsCoreAndNoPlugin() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.millrace.catalog..",
                        "io.millrace.parallelwrite..",
                        "io.millrace.continuousupdate..",
                        "io.millrace.cli..")
                .check(TESTKIT);
    }

    @Test
    void theInnerClassesOfSparkAndDeltaAreTouchedOnlyInPackagesNamedSpark() {
        for (JavaClasses module : List.of(CORE, TESTKIT)) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.millrace..spark")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.spark.sql.catalyst..",
                            "org.apache.spark.sql.classic..",
                            "org.apache.spark.sql.internal..",
                            "org.apache.spark.sql.execution..",
                            "org.apache.spark.sql.delta..")
                    .check(module);
        }
    }

    @Test
    void whatPluginsImplementSpeaksOfSparksPublicClassesOnly() {
        classes()
                .that()
                .resideInAPackage("io.millrace.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.millrace.spi..",
                        "io.millrace.model",
                        "io.millrace.config",
                        "org.apache.spark",
                        "org.apache.spark.sql",
                        "org.apache.spark.sql.types",
                        "org.jspecify..",
                        "java..",
                        "scala..")
                .check(CORE);
    }

    private static DescribedPredicate<JavaClass> notOfMillraceOrIn(List<String> allowed) {
        return DescribedPredicate.describe(
                "belong to " + allowed + " or not to Millrace",
                type -> !type.getPackageName().startsWith("io.millrace")
                        || allowed.stream().anyMatch(each -> within(each, type.getPackageName())));
    }

    private static boolean within(String allowed, String name) {
        return name.equals(allowed) || (!allowed.equals("io.millrace") && name.startsWith(allowed + "."));
    }

    private static JavaClasses classesBeside(Class<?> known) {
        URL main = known.getProtectionDomain().getCodeSource().getLocation();
        return new ClassFileImporter().importUrl(main);
    }
}
