package io.millrace.builtin;

import io.millrace.spi.OptionDescription;
import io.millrace.spi.OutputContext;
import io.millrace.spi.PlanContext;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkPlugin;
import io.millrace.spi.Source;
import io.millrace.spi.SourcePlugin;
import java.util.List;
import java.util.Optional;

/** The product {@code table}. */
public final class SparkTablePlugin implements SourcePlugin, SinkPlugin {

    /** Called by {@link java.util.ServiceLoader}. */
    public SparkTablePlugin() {}

    @Override
    public String product() {
        return "table";
    }

    @Override
    public String description() {
        return "Reads and writes tables of Spark's catalog, and Delta tables in folders; Delta tables are streamed too, and written exactly once.";
    }

    @Override
    public List<OptionDescription> options() {
        return TableModel.OPTIONS;
    }

    @Override
    public Optional<? extends Source> source(PlanContext context) {
        return TableModel.decode(context.value()).map(TableSource::new);
    }

    @Override
    public Optional<? extends Sink> sink(OutputContext context) {
        Optional<TableModel> model = TableModel.decode(context.value());
        if (context.mode() == RunMode.STREAM
                && model.filter(table -> table.saveMode() == TableSaveMode.OVERWRITE)
                        .isPresent()) {
            context.warn(
                    "save-mode = overwrite in a stream: each micro-batch replaces what the one before has written");
        }
        return model.map(table -> new TableSink(table, context.newColumns()));
    }
}
