package io.millrace.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.testkit.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
class KafkaBrokerIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aBrokerThatWasKilledIsTheSameInItsFolderAtAnotherPort() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(Sending.class, folder.toString())) {
            child.awaitLine("sent", LIMIT);
            child.kill();
        }

        try (KafkaBroker broker = KafkaBroker.start(folder)) {
            assertThat(texts(broker)).containsExactly("one", "two");
            broker.send("orders", List.of("three"));
            assertThat(texts(broker)).containsExactly("one", "two", "three");
        }
    }

    @Test
    void aFolderIsOfOneBrokerAtATime() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(KafkaBroker.class, folder.toString())) {
            child.awaitLine("ready at 127.0.0.1:", LIMIT);

            assertRefused();
        }
    }

    @Test
    void aFolderIsOfOneBrokerAtATimeWithinAJvmToo() {
        try (KafkaBroker broker = KafkaBroker.start(folder)) {
            assertRefused();

            broker.createTopic("orders", 1);
        }
        KafkaBroker.start(folder).close();
    }

    private void assertRefused() {
        assertThatThrownBy(() -> KafkaBroker.start(folder))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessage("the Kafka broker in " + folder
                        + " is running already; end the program that runs it, or take another folder");
    }

    private static List<String> texts(KafkaBroker broker) {
        return broker.read("orders").stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** Sends two records, and runs on. */
    static final class Sending {

        private Sending() {}

        public static void main(String[] arguments) {
            KafkaBroker broker = KafkaBroker.start(Path.of(arguments[0]));
            broker.createTopic("orders", 1);
            broker.send("orders", List.of("one", "two"));
            System.out.println("sent");
        }
    }
}
