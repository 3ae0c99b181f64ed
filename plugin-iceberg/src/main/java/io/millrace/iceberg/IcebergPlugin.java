package io.millrace.iceberg;

import io.millrace.iceberg.internal.catalog.CatalogSettings;
import io.millrace.iceberg.internal.table.IcebergModel;
import io.millrace.iceberg.internal.table.WriteKind;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.OutputContext;
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

/** The product {@code iceberg}. */
public final class IcebergPlugin implements SourcePlugin, SinkPlugin {

    private static final String ARTIFACT = "org.apache.iceberg:iceberg-spark-runtime-4.1_2.13";

    /** Called by {@link java.util.ServiceLoader}. */
    public IcebergPlugin() {}

    @Override
    public String product() {
        return "iceberg";
    }

    @Override
    public String description() {
        return "Reads and writes tables of Iceberg's catalogs; many jobs may write one table at once, each batch exactly once, and upsert into it.";
    }

    @Override
    public List<OptionDescription> options() {
        return Stream.concat(IcebergModel.OPTIONS.stream(), Upserts.options(TableFormat.ICEBERG).stream())
                .toList();
    }

    @Override
    public Optional<? extends Source> source(PlanContext context) {
        return present(context) ? IcebergModel.decode(context).map(IcebergSource::new) : Optional.empty();
    }

    @Override
    public Optional<? extends Sink> sink(OutputContext context) {
        Optional<IcebergModel> model = present(context) ? IcebergModel.decode(context) : Optional.empty();
        model.ifPresent(written -> warn(written, context));
        return model.flatMap(written -> sink(written, context));
    }

    private static Optional<Sink> sink(IcebergModel model, OutputContext context) {
        IcebergSink table = new IcebergSink(model, context.newColumns(), CommitRetries.STANDARD);
        return model.upsert() == null
                ? Optional.of(table)
                : model.upsert().into(table.upsertTable(), context).map(upsert -> new IcebergUpsertSink(table, upsert));
    }

    private static void warn(IcebergModel model, OutputContext context) {
        CatalogSettings catalog = model.catalog();
        if (catalog != null && catalog.losesCommits()) {
            context.warn("the Hadoop catalog " + catalog.name()
                    + " is not safe where several processes write: on local disks and object stores commits get lost; leave its type out"
                    + " for a catalog in a database beside the tables, or use rest");
        }
        if (context.mode() == RunMode.STREAM && model.commitKind() == WriteKind.OVERWRITE) {
            context.warn(
                    "save-mode = overwrite in a stream: each micro-batch replaces what the one before has written");
        }
    }

    private static boolean present(PlanContext context) {
        try {
            Class.forName("org.apache.iceberg.spark.SparkCatalog", false, IcebergPlugin.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            context.value().problem("needs Iceberg on the class path; add " + ARTIFACT);
            return false;
        }
    }
}
