package io.millrace.cli.internal.terminal;

import io.millrace.cli.internal.terminal.Terminal.Progress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows that something happens and how long it takes: one line that is redrawn on a terminal, a line now and then elsewhere. */
public final class ProgressDisplay implements AutoCloseable {

    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final Duration LINE = Duration.ofSeconds(30);

    private final Terminal terminal;
    private final boolean redrawn;
    private final long started = System.nanoTime();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private final Future<?> ticks;
    private Supplier<String> line = () -> "";
    private boolean drawn;

    public ProgressDisplay(Terminal terminal) {
        this(terminal, terminal.progress() == Progress.REDRAWN ? REDRAW : LINE);
    }

    public ProgressDisplay(Terminal terminal, Duration pause) {
        this.terminal = terminal;
        this.redrawn = terminal.progress() == Progress.REDRAWN;
        this.ticks = ticker.scheduleAtFixedRate(this::draw, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Says what is going on from now on. */
    public void show(String what) {
        show(() -> what);
    }

    /** Says what is going on from now on, asked anew each time. */
    public synchronized void show(Supplier<String> what) {
        line = what;
        if (redrawn) {
            draw();
        }
    }

    /** Says something once. */
    public synchronized void note(String what) {
        quietly(() -> terminal.err().println(what));
    }

    /** Prints something while the line is out of the way. */
    public synchronized void quietly(Runnable printing) {
        erase();
        printing.run();
    }

    /** Shows nothing until told otherwise. */
    public synchronized void hide() {
        line = () -> "";
        erase();
    }

    @Override
    public void close() {
        ticks.cancel(false);
        ticker.shutdown();
        hide();
    }

    private synchronized void draw() {
        String what = line.get();
        if (what.isEmpty()) {
            return;
        }
        String time = FormattedValues.duration(Duration.ofNanos(System.nanoTime() - started));
        if (redrawn) {
            String text = time + "  " + what;
            int width = Math.min(terminal.columns(), 200) - 1;
            terminal.err()
                    .print("\r\u001b[K"
                            + terminal.errorStyle().faint(text.length() > width ? text.substring(0, width) : text));
            terminal.err().flush();
            drawn = true;
        } else {
            terminal.err().println("after " + time + ": " + what);
        }
    }

    private void erase() {
        if (drawn) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
            drawn = false;
        }
    }
}
