package io.millrace.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rules about which classes a module may use, checked on its compiled classes by <a href="https://www.archunit.org">ArchUnit</a>, which tests that use
 * this class need on their class path. Packages are written as ArchUnit takes them: {@code io.millrace.spi..} includes the packages below.
 */
public final class ModuleRules {

    private static final String[] INNER_PACKAGES_OF_SPARK = {
        "org.apache.spark.rdd..",
        "org.apache.spark.sql.catalyst..",
        "org.apache.spark.sql.classic..",
        "org.apache.spark.sql.connector..",
        "org.apache.spark.sql.delta..",
        "org.apache.spark.sql.execution..",
        "org.apache.spark.sql.internal..",
        "scala.collection.."
    };

    private final JavaClasses module;

    private ModuleRules(JavaClasses module) {
        this.module = module;
    }

    /** Returns the rules for the classes of the jar, or of the folder, that a class comes from. */
    public static ModuleRules ofModuleWith(Class<?> known) {
        return new ModuleRules(new ClassFileImporter()
                .importUrl(known.getProtectionDomain().getCodeSource().getLocation()));
    }

    /** Fails where a class of the module uses one of another package. */
    public void usesOnly(String... packages) {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(module);
    }

    /** Fails where a class of one package uses one of a package that is not named. */
    public void packageUsesOnly(String name, String... packages) {
        classes()
                .that()
                .resideInAPackage(name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(module);
    }

    /** Fails where a class of the module uses one of these packages. */
    public void usesNoneOf(String... packages) {
        noClasses().should().dependOnClassesThat().resideInAnyPackage(packages).check(module);
    }

    /** Fails where classes of Spark or Delta that are not public API, or Scala's collections, are used outside of one package. */
    public void usesInnerClassesOfSparkOnlyIn(String name) {
        noClasses()
                .that()
                .resideOutsideOfPackage(name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(INNER_PACKAGES_OF_SPARK)
                .check(module);
    }

    /**
     * Fails where a package uses another one below the same parent that is not named beside it. What lies outside of the parent does not matter.
     *
     * @param parent the name before those of the packages
     * @param uses by the name of each package, those that it may use, all relative to the parent
     */
    public void packagesUse(String parent, Map<String, List<String>> uses) {
        uses.forEach((name, others) -> {
            List<String> allowed = Stream.concat(Stream.of(name), others.stream())
                    .map(each -> parent + "." + each)
                    .toList();
            classes()
                    .that()
                    .resideInAPackage(parent + "." + name)
                    .should()
                    .onlyDependOnClassesThat(DescribedPredicate.describe(
                            "are in " + allowed + ", or not below " + parent,
                            (JavaClass type) -> !type.getPackageName().startsWith(parent + ".")
                                    || allowed.contains(type.getPackageName())))
                    .check(module);
        });
    }
}
