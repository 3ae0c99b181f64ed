package io.millrace.parallelwrite;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.EntityDefinition;
import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.ParallelWriteModel;
import io.millrace.spi.OutputContext;
import io.millrace.spi.Sink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the sink of a model that was decoded: finds the writer and checks it against what the catalog declares. */
final class SinkPlanner {

    private final OutputContext context;
    private final CatalogOfRun catalog;
    private final ParallelWriteModel model;
    private final ClassPathExtensions extensions;

    SinkPlanner(OutputContext context, CatalogOfRun catalog, ParallelWriteModel model) {
        this.context = context;
        this.catalog = catalog;
        this.model = model;
        this.extensions = ClassPathExtensions.load(context.classLoader());
    }

    /** Returns the sink, or empty after noting everything that is wrong. */
    Optional<Sink> sink() {
        CatalogCoordinates coordinates = model.entityDetails();
        boolean wrong = new EntityCheck(context, catalog).wrong(coordinates);
        @Nullable EntityDefinition declared = catalog.definition(coordinates).orElse(null);
        Optional<EntityWriter> kind = kind();
        Optional<? extends BatchWriter> writer =
                kind.flatMap(found -> found.writer(new EntityOutput(model, declared), context));
        if (writer.isEmpty() || wrong || (declared != null && refused(kind.orElseThrow(), declared.format()))) {
            return Optional.empty();
        }
        ColdTargets targets = new ColdTargets(coordinates, new TargetTables(catalog, extensions));
        SymlinkManifest manifest = SymlinkManifest.of(model.writerDetails().symlinkManifest());
        EvolvingEntities evolving = EvolvingEntities.of(context);
        if (writer.get().addsColumns()) {
            evolving.add(coordinates);
        }
        return Optional.of(new EntitySink(
                catalog,
                new DeclaredEntity(coordinates, catalog, evolving),
                new ColdPlanExecutor(targets, extensions, kind.orElseThrow(), writer.get(), manifest)));
    }

    private Optional<EntityWriter> kind() {
        String type = model.writerDetails().writerType();
        Optional<EntityWriter> found = extensions.writer(type);
        if (found.isEmpty()) {
            note("writerType", extensions.missingWriter(type));
        }
        return found;
    }

    private boolean refused(EntityWriter kind, EntityFormat format) {
        Optional<String> problem = extensions.format(format).isEmpty()
                ? Optional.of(extensions.missingFormat(format))
                : kind.formatProblem(format);
        problem.ifPresent(found -> note("writerType", found));
        boolean manifest = model.writerDetails().symlinkManifest() && format != EntityFormat.DELTA;
        if (manifest) {
            note("symlinkManifest", "is for Delta tables; entity " + model.entityDetails() + " is " + format);
        }
        return manifest || problem.isPresent();
    }

    private void note(String key, String problem) {
        context.value().section("writerDetails").problem(key, problem);
    }
}
