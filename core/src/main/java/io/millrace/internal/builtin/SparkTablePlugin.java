package io.millrace.internal.builtin;

import io.millrace.spi.OptionDescription;
import io.millrace.spi.OutputContext;
import io.millrace.spi.OverwriteMode;
import io.millrace.spi.PlanContext;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkPlugin;
import io.millrace.spi.Source;
import io.millrace.spi.SourcePlugin;
import io.millrace.spi.upsert.TableFormat;
import io.millrace.spi.upsert.Upserts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        return "Reads and writes tables of Spark's catalog, and Delta tables in folders; Delta tables are streamed too, and written exactly once:"
                + " added to, replaced, or upserted into.";
    }

    @Override
    public List<OptionDescription> options() {
        return Stream.concat(TableModel.OPTIONS.stream(), Upserts.options(TableFormat.DELTA).stream())
                .toList();
    }

    @Override
    public Optional<? extends Source> source(PlanContext context) {
        return TableModel.decode(context).map(TableSource::new);
    }

    @Override
    public Optional<? extends Sink> sink(OutputContext context) {
        Optional<TableModel> model = TableModel.decode(context);
        if (context.mode() == RunMode.STREAM
                && model.filter(table -> table.saveMode() == TableSaveMode.OVERWRITE
                                && table.overwrite() == OverwriteMode.STATIC)
                        .isPresent()) {
            context.warn(
                    "save-mode = overwrite in a stream: each micro-batch replaces what the one before has written");
        }
        return model.flatMap(table -> sink(table, context));
    }

    private static Optional<Sink> sink(TableModel model, OutputContext context) {
        TableSink table = new TableSink(model, context.newColumns());
        return model.upsert() == null
                ? Optional.of(table)
                : model.upsert().into(table.upsertTable(), context).map(upsert -> new TableUpsertSink(table, upsert));
    }
}
