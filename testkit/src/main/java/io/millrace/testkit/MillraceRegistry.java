package io.millrace.testkit;

import io.millrace.broker.RegistryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link RegistryServer}, the same for all tests of the JVM: {@code @ExtendWith(MillraceRegistry.class)} and a parameter. Tests use
 * subjects of their own. Needs {@code io.millrace:millrace-broker} on the class path.
 */
public final class MillraceRegistry implements ParameterResolver {

    /**
     * The name of a resource, for JUnit's {@code @ResourceLock}: the ids that the registry gives to new schemas. Tests that foresee one write it,
     * others that run beside them read it.
     */
    public static final String IDS = "ids of schemas";

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(MillraceRegistry.class);

    /** Called by JUnit. */
    public MillraceRegistry() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RegistryServer.class;
    }

    @Override
    public RegistryServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(RegistryServer.class, key -> start(), RegistryServer.class);
    }

    private static RegistryServer start() {
        try {
            Path folder = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
            return RegistryServer.start(Files.createTempFile(folder, "registry", ".log"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
