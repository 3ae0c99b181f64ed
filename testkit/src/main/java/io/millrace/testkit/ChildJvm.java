package io.millrace.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that runs a main class of the tests, to be killed at any moment; {@link JavaCommand} says what it is like. It ends with this
 * JVM, however that ends. What it prints, to both of its streams, is kept. Every wait is bounded: when it is over, the error shows the output.
 */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private boolean ended;

    private ChildJvm(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a main class. */
    public static ChildJvm start(Class<?> main, String... arguments) {
        return start(Map.of(), main, arguments);
    }

    /** Starts a main class with variables in its environment besides those of this JVM. */
    public static ChildJvm start(Map<String, String> environment, Class<?> main, String... arguments) {
        List<String> all = new ArrayList<>(List.of(main.getName()));
        all.addAll(List.of(arguments));
        List<String> command = JavaCommand.of(List.of(), ChildMain.class.getName(), all);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new ChildJvm(builder.start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the process's id. */
    public long pid() {
        return process.pid();
    }

    /** Returns the lines printed so far. */
    public List<String> output() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /**
     * Waits until a line is printed that contains a text.
     *
     * @return the first such line
     * @throws AssertionError where the process ends, or the time, without one
     */
    public String awaitLine(String text, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (lines) {
            while (true) {
                Optional<String> line =
                        lines.stream().filter(each -> each.contains(text)).findFirst();
                if (line.isPresent()) {
                    return line.get();
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (ended || left <= 0) {
                    throw failure("no line with \"" + text + "\" " + (ended ? "until it ended" : "within " + limit));
                }
                lines.wait(left);
            }
        }
    }

    /**
     * Waits until the process ends, and all it printed is read.
     *
     * @return its exit code
     * @throws AssertionError where it does not end in time; it is killed then
     */
    public int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.toHandle().destroyForcibly();
            throw failure("did not end within " + limit);
        }
        reader.join(TimeUnit.SECONDS.toMillis(10));
        return process.exitValue();
    }

    /** Kills the process as by {@code kill -9} and waits until it is gone. Does nothing where it has ended. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** Asks the process to end, as by {@code kill}: its shutdown hooks run. */
    public void terminate() {
        process.toHandle().destroy(); // Process.destroy closes the streams, and what the hooks print is lost
    }

    /** Kills the process where it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException closed) {
            // the process was killed: what it printed until then is kept
        }
        synchronized (lines) {
            ended = true;
            lines.notifyAll();
        }
    }

    private AssertionError failure(String what) {
        return new AssertionError("process " + pid() + ": " + what + "; its output:\n" + String.join("\n", output()));
    }
}
