package io.millrace.internal.backup;

import io.millrace.spi.OptionDescription;
import io.millrace.spi.OutputContext;
import io.millrace.spi.PlanContext;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkPlugin;
import io.millrace.spi.Source;
import io.millrace.spi.SourcePlugin;
import java.util.List;
import java.util.Optional;

/** The product {@code backup}. */
public final class BackupPlugin implements SourcePlugin, SinkPlugin {

    /** Called by {@link java.util.ServiceLoader}. */
    public BackupPlugin() {}

    @Override
    public String product() {
        return "backup";
    }

    @Override
    public String description() {
        return "Events of topics in files whose names say of which day and partition they are; written exactly once, and read by day and partition.";
    }

    @Override
    public List<OptionDescription> options() {
        return BackupModel.OPTIONS;
    }

    @Override
    public Optional<? extends Source> source(PlanContext context) {
        return BackupModel.decode(context)
                .map(model ->
                        model.format() == BackupModel.Format.JSON ? new BackupEvents(model) : new BackupLines(model));
    }

    @Override
    public Optional<? extends Sink> sink(OutputContext context) {
        return BackupModel.decode(context).map(BackupSink::new);
    }
}
