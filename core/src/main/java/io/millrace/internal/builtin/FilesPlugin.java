package io.millrace.internal.builtin;

import io.millrace.internal.spark.LocalPlace;
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

/** The product {@code files}. */
public final class FilesPlugin implements SourcePlugin, SinkPlugin {

    /** Called by {@link java.util.ServiceLoader}. */
    public FilesPlugin() {}

    @Override
    public String product() {
        return "files";
    }

    @Override
    public String description() {
        return "Reads and writes Parquet, Avro, ORC, JSON, CSV and text files; as batches and as streams, written exactly once.";
    }

    @Override
    public List<OptionDescription> options() {
        return FilesModel.OPTIONS;
    }

    @Override
    public Optional<? extends Source> source(PlanContext context) {
        return FilesModel.decode(context.value()).map(FilesPlugin::source);
    }

    @Override
    public Optional<? extends Sink> sink(OutputContext context) {
        Optional<FilesModel> model = FilesModel.decode(context.value());
        model.ifPresent(files -> check(files, context));
        return model.map(FilesSink::new);
    }

    private static Source source(FilesModel model) {
        return switch (model.format()) {
            case JSON -> new JsonFiles(model);
            case CSV -> new CsvFiles(model);
            case PARQUET, AVRO, ORC, TEXT -> new FilesSource(model);
        };
    }

    private static void check(FilesModel files, OutputContext context) {
        if (LocalPlace.isPattern(files.path())) {
            context.value().problem("path", "is a pattern; files can be written to one folder only");
        }
        if (context.mode() == RunMode.STREAM && files.saveMode() == TableSaveMode.OVERWRITE) {
            context.warn(
                    "save-mode = overwrite in a stream: each micro-batch replaces what the one before has written");
        }
    }
}
