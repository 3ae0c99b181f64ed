package io.millrace.internal.builtin;

import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.OutputContext;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkPlugin;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** The product {@code console}. */
public final class ConsolePlugin implements SinkPlugin {

    private static final Option<Integer> ROWS =
            Option.count("rows").byDefault(20, "How many rows of a batch are printed at most.");
    private static final Option<Integer> TRUNCATE =
            Option.count("truncate").byDefault(40, "How many characters of a value are printed at most.");

    private final PrintStream out;

    /** Prints to this process's output. Called by {@link java.util.ServiceLoader}. */
    public ConsolePlugin() {
        this(System.out);
    }

    /** Prints elsewhere. */
    public ConsolePlugin(PrintStream out) {
        this.out = out;
    }

    @Override
    public String product() {
        return "console";
    }

    @Override
    public String description() {
        return "Prints the first rows of each batch; for a look while a pipegraph is being written.";
    }

    @Override
    public List<OptionDescription> options() {
        return OptionDescription.of(ROWS, TRUNCATE);
    }

    @Override
    public Optional<? extends Sink> sink(OutputContext context) {
        ConfigSection value = context.value();
        int rows = value.get(ROWS);
        int truncate = value.get(TRUNCATE);
        return value.build(() -> new ConsoleSink(out, rows, truncate));
    }
}
