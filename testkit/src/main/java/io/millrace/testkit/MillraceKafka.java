package io.millrace.testkit;

import io.millrace.broker.KafkaBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link KafkaBroker}, the same for all tests of the JVM: {@code @ExtendWith(MillraceKafka.class)} and a parameter. Tests that stop
 * the broker start one of their own. Needs {@code io.millrace:millrace-broker} on the class path.
 */
public final class MillraceKafka implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(MillraceKafka.class);

    /** Called by JUnit. */
    public MillraceKafka() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaBroker.class;
    }

    @Override
    public KafkaBroker resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
                .broker();
    }

    /** Returns a name for a topic that no other test has. */
    public static String topic(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private record Shared(KafkaBroker broker, Path folder) implements AutoCloseable {

        static Shared start() {
            try {
                Path folder = Files.createTempDirectory(
                        Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"))), "millrace-kafka");
                return new Shared(KafkaBroker.start(folder), folder);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public void close() throws IOException {
            broker.close();
            List<Path> content;
            try (Stream<Path> walk = Files.walk(folder)) {
                content = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : content) {
                Files.deleteIfExists(path);
            }
        }
    }
}
