package io.millrace.parallelwrite;

import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.EntityOverwrite;
import io.millrace.catalog.ParallelWrite;
import io.millrace.catalog.SaveMode;
import io.millrace.config.ConfigSection;
import io.millrace.model.SchemaContract;
import io.millrace.spi.OutputContext;
import io.millrace.spi.RunMode;
import java.util.Optional;

/** Writer type {@code parallelWrite}: rows are added to an entity, or replace what it holds. */
public final class SaveModeEntityWriter implements EntityWriter {

    /** Made by {@link java.util.ServiceLoader}. */
    public SaveModeEntityWriter() {}

    @Override
    public String writerType() {
        return ParallelWrite.WRITER_TYPE;
    }

    /** Accepts every format there is. */
    @Override
    public Optional<String> formatProblem(EntityFormat format) {
        return Optional.empty();
    }

    @Override
    public Optional<SaveModeWriter> writer(EntityOutput output, OutputContext context) {
        ParallelWrite details = (ParallelWrite) output.model().writerDetails();
        SaveMode mode = details.saveMode();
        if (context.mode() == RunMode.STREAM) {
            if (mode == SaveMode.IGNORE || mode == SaveMode.ERROR_IF_EXISTS) {
                ConfigSection writer = context.value().section("writerDetails");
                writer.problem(
                        "saveMode",
                        "\"" + mode
                                + "\" is not for streams: the first batch would shut out all others; write append, or remove the trigger");
                return Optional.empty();
            }
            if (mode == SaveMode.OVERWRITE) {
                context.warn(
                        "saveMode overwrite replaces the entity with every micro-batch: only the rows of the last one stay");
            }
        }
        return Optional.of(new SaveModeWriter(
                new WriteSettings(mode, details.overwrite() == EntityOverwrite.DYNAMIC, details.targetFileSize()),
                context.newColumns() == SchemaContract.Policy.EVOLVE,
                ColdFormats.load(context.classLoader())));
    }
}
