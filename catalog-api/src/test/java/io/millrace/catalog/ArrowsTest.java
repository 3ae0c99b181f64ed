package io.millrace.catalog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URL;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private static final URL MAIN =
            EntityCatalogLoader.class.getProtectionDomain().getCodeSource().getLocation();

    @Test
    void theCatalogKnowsConfigurationOnly() {
        ArchRule rule = classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.millrace.catalog..",
                        "io.millrace.config..",
                        "io.millrace.http..",
                        "io.millrace.internal.http..",
                        "com.fasterxml.jackson..",
                        "com.typesafe.config..",
                        "dev.failsafe..",
                        "org.jspecify..",
                        "java..");

        rule.check(new ClassFileImporter().importUrl(MAIN));
    }
}
