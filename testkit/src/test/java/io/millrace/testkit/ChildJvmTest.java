package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processes")
class ChildJvmTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void aChildHasThisJvmsClassPathAndOptionsAndItsOutputIsKept() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(Main.class, "print", "two words")) {
            assertThat(child.awaitExit(LIMIT)).isEqualTo(3);
            assertThat(child.output())
                    .contains(
                            "print", "two words", "zone " + System.getProperty("user.timezone"), "on the error stream");
        }
    }

    @Test
    void aChildIsKilledInTheMiddle() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(Main.class, "stay")) {
            assertThat(child.awaitLine("sta", LIMIT)).isEqualTo("stay");
            child.kill();

            assertThat(child.awaitExit(LIMIT)).isEqualTo(128 + 9);
            assertThat(child.output()).doesNotContain("hook ran");
        }
    }

    @Test
    void aChildThatIsAskedToEndRunsItsHooks() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(Main.class, "stay")) {
            child.awaitLine("stay", LIMIT);
            child.terminate();

            assertThat(child.awaitExit(LIMIT)).isEqualTo(128 + 15);
            assertThat(child.output()).contains("hook ran");
        }
    }

    @Test
    void aLineThatNeverComesIsAnErrorWithTheOutput() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(Main.class, "print")) {
            assertThatThrownBy(() -> child.awaitLine("something else", LIMIT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("process " + child.pid()
                            + ": no line with \"something else\" until it ended; its output:\n")
                    .hasMessageContaining("on the error stream");
        }
    }

    @Test
    void aChildThatDoesNotEndIsAnErrorAndIsKilled() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(Main.class, "stay")) {
            child.awaitLine("stay", LIMIT);

            assertThatThrownBy(() -> child.awaitExit(Duration.ofMillis(1)))
                    .hasMessageStartingWith("process " + child.pid() + ": did not end within PT0.001S; its output:\n");
            assertThat(child.awaitExit(LIMIT)).isEqualTo(128 + 9);
        }
    }

    @Test
    void aChildEndsWithTheJvmThatStartedItHoweverThatEnds() throws Exception {
        try (ChildJvm child = ChildJvm.start(Parent.class)) {
            long grandchild = Long.parseLong(child.awaitLine("child ", LIMIT).substring("child ".length()));
            CompletableFuture<ProcessHandle> end =
                    ProcessHandle.of(grandchild).orElseThrow().onExit();
            child.kill();

            assertThat(end).succeedsWithin(LIMIT);
        }
    }

    static final class Parent {

        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            ChildJvm child = ChildJvm.start(Main.class, "stay");
            child.awaitLine("stay", LIMIT);
            System.out.println("child " + child.pid());
            child.awaitExit(Duration.ofMinutes(5));
        }
    }

    static final class Main {

        private Main() {}

        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook ran")));
            List.of(arguments).forEach(System.out::println);
            System.out.println("zone " + System.getProperty("user.timezone"));
            System.err.println("on the error stream");
            if (arguments[0].equals("stay")) {
                Thread.sleep(Duration.ofMinutes(5).toMillis());
            }
            System.exit(3);
        }
    }
}
