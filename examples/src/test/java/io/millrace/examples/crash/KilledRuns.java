package io.millrace.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Runs that are killed as by {@code kill -9}, and the one after them that is not.
 *
 * @param source the file of the pipegraph and what is set over it, as {@link CrashRun#main} takes it
 */
record KilledRuns(Path folder, Random random, List<String> source) {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** The last run reads what those before it did not get to. */
    private static final Duration LIMIT_OF_ALL = Duration.ofMinutes(15);

    /** What others do while a run is about to be killed; called again and again. */
    @FunctionalInterface
    interface Meanwhile {
        void look();
    }

    /** Runs and kills: every third time when a batch is committed and Spark has not noted it yet, otherwise somewhen. */
    void kill(int number, Meanwhile meanwhile) throws InterruptedException {
        if (number % 3 == 0) {
            betweenCommitAndCheckpoint(number % 2 == 0 ? "upsert" : "keep", meanwhile);
        } else {
            somewhen(meanwhile);
        }
    }

    /** Runs to the end of what is there. */
    void complete() throws InterruptedException {
        try (ChildJvm last = start("available-now", "none", "0")) {
            assertThat(last.awaitExit(LIMIT_OF_ALL))
                    .as("exit code; %s", last.output())
                    .isZero();
        }
    }

    private void betweenCommitAndCheckpoint(String etl, Meanwhile meanwhile) throws InterruptedException {
        int batch = 1 + random.nextInt(2);
        try (ChildJvm child = start("continuous", etl, Integer.toString(batch))) {
            child.awaitLine("staying", LIMIT);
            meanwhile.look();
            child.kill();
        }
    }

    /** Anywhere from the opening of the session to the end of the last batch. */
    private void somewhen(Meanwhile meanwhile) throws InterruptedException {
        try (ChildJvm child = start("continuous", "none", "0")) {
            child.awaitLine(random.nextInt(4) == 0 ? "session open" : "batch of", LIMIT);
            long end = System.nanoTime() + random.nextInt(4_000) * 1_000_000L;
            do {
                meanwhile.look();
            } while (System.nanoTime() < end);
            child.kill();
        }
    }

    private ChildJvm start(String trigger, String etl, String batch) {
        return ChildJvm.start(
                CrashRun.class,
                Stream.concat(Stream.of(folder.toString(), trigger, etl, batch), source.stream())
                        .toArray(String[]::new));
    }
}
