package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.EntityDefinition;
import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.ParallelWriteModel;
import io.millrace.catalog.ParallelWriteModelSerde;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.OutputContext;
import io.millrace.spi.PlanContext;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkPlugin;
import io.millrace.spi.Source;
import io.millrace.spi.SourcePlugin;
import java.util.List;
import java.util.Optional;

/** Product {@code parallelWrite}: entities of the run's catalog, written and read. */
public final class ParallelWritePlugin implements SinkPlugin, SourcePlugin {

    /** Made by {@link java.util.ServiceLoader}. */
    public ParallelWritePlugin() {}

    @Override
    public String product() {
        return "parallelWrite";
    }

    @Override
    public String description() {
        return "Entities of a data lake, found by their coordinates in the entity catalog; rows are added to them, or upserted.";
    }

    @Override
    public List<OptionDescription> options() {
        return ParallelWriteOptions.ALL;
    }

    @Override
    public Optional<? extends Sink> sink(OutputContext context) {
        Optional<ParallelWriteModel> model = ParallelWriteModelSerde.decode(context.value());
        Optional<CatalogOfRun> catalog = CatalogOfRun.of(context);
        if (model.isEmpty() || catalog.isEmpty()) {
            return Optional.empty();
        }
        return new SinkPlanner(context, catalog.get(), model.get()).sink();
    }

    @Override
    public Optional<? extends Source> source(PlanContext context) {
        Optional<ParallelWriteModel> model = ParallelWriteModelSerde.decode(context.value());
        Optional<CatalogOfRun> catalog = CatalogOfRun.of(context);
        if (model.isEmpty() || catalog.isEmpty()) {
            return Optional.empty();
        }
        CatalogCoordinates coordinates = model.get().entityDetails();
        if (new EntityCheck(context, catalog.get()).wrong(coordinates)) {
            return Optional.empty();
        }
        EntitySource whole = new EntitySource(
                coordinates,
                new TargetTables(catalog.get(), ClassPathExtensions.load(context.classLoader())),
                new DeclaredEntity(coordinates, catalog.get(), EvolvingEntities.of(context)));
        boolean parquet = catalog.get()
                .definition(coordinates)
                .map(EntityDefinition::format)
                .filter(EntityFormat.PARQUET::equals)
                .isPresent();
        return Optional.of(parquet ? whole : new EntitySource.Streaming(whole));
    }
}
