package io.millrace.testkit;

import io.millrace.config.ConfigSection;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.OutputContext;
import io.millrace.spi.PlanContext;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkPlugin;
import io.millrace.spi.Source;
import io.millrace.spi.SourcePlugin;
import java.util.List;
import java.util.Optional;

/** The product {@code memory}, for tests. */
public final class MemoryPlugin implements SourcePlugin, SinkPlugin {

    /** Called by {@link java.util.ServiceLoader}. */
    public MemoryPlugin() {}

    @Override
    public String product() {
        return "memory";
    }

    @Override
    public String description() {
        return "Reads and writes rows in this process; for tests.";
    }

    @Override
    public List<OptionDescription> options() {
        return List.of(new OptionDescription("table", "text", "the model's name", "A table of the test's Memory."));
    }

    @Override
    public Optional<? extends Source> source(PlanContext context) {
        return table(context).map(table -> new MemorySource(name(context), table));
    }

    @Override
    public Optional<? extends Sink> sink(OutputContext context) {
        return table(context).map(table -> new MemorySink(name(context), table));
    }

    private static String name(PlanContext context) {
        return context.value().optionalString("table").orElseGet(context::model);
    }

    private static Optional<MemoryTable> table(PlanContext context) {
        ConfigSection value = context.value();
        String name = name(context);
        return value.build(() -> Memory.in(context.classLoader()).table(name));
    }
}
