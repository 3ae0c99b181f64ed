package io.millrace.testkit;

import io.millrace.broker.KafkaBroker;
import io.millrace.broker.KafkaCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link KafkaCluster}, the same for all tests of the JVM: {@code @ExtendWith(MillraceKafka.class)} and a parameter. It is what a {@link
 * KafkaProvider} on the class path starts, or else a {@link KafkaBroker} in this JVM; a parameter of type {@link KafkaBroker} is always that. Tests
 * that stop the broker start one of their own. Needs {@code
 * io.millrace:millrace-broker} on the class path.
 */
public final class MillraceKafka implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(MillraceKafka.class);

    /** Called by JUnit. */
    public MillraceKafka() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KafkaCluster.class || type == KafkaBroker.class;
    }

    @Override
    public KafkaCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        boolean any = parameter.getParameter().getType() == KafkaCluster.class;
        Shared shared = any ? provided(store).orElseGet(() -> here(store)) : here(store);
        return shared.kafka();
    }

    private static Optional<Shared> provided(ExtensionContext.Store store) {
        return ServiceLoader.load(KafkaProvider.class)
                .findFirst()
                .map(provider -> store.computeIfAbsent(
                        KafkaProvider.class, key -> new Shared(provider.start(), null), Shared.class));
    }

    private static Shared here(ExtensionContext.Store store) {
        return store.computeIfAbsent(KafkaBroker.class, key -> Shared.startHere(), Shared.class);
    }

    /** Returns a name for a topic that no other test has. */
    public static String topic(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private record Shared(KafkaCluster kafka, @Nullable Path folder) implements AutoCloseable {

        static Shared startHere() {
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
            kafka.close();
            if (folder != null) {
                delete(folder);
            }
        }

        private static void delete(Path folder) throws IOException {
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
