package io.millrace.config;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URL;
import org.junit.jupiter.api.Test;

class ArrowsTest {

    private static final URL MAIN =
            ConfigSection.class.getProtectionDomain().getCodeSource().getLocation();

    @Test
    void configurationKnowsNeitherSparkNorOtherModules() {
        ArchRule rule = classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.millrace.config..",
                        "io.millrace.http..",
                        "io.millrace.internal.http..",
                        "dev.failsafe..",
                        "com.fasterxml.jackson..",
                        "com.typesafe.config..",
                        "org.snakeyaml.engine..",
                        "org.jspecify..",
                        "java..",
                        "javax.net.ssl..");

        rule.check(new ClassFileImporter().importUrl(MAIN));
    }
}
