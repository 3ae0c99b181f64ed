package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.EntityFormat;
import io.millrace.parallelwrite.ColdWriter;
import io.millrace.parallelwrite.EntityOutput;
import io.millrace.parallelwrite.EntityWriter;
import io.millrace.spi.OutputContext;
import java.time.Clock;
import java.util.Optional;

/** Writer type {@code continuousUpdate}: keeps one row per key, the newest. */
public final class ContinuousUpdateWriter implements EntityWriter {

    /** Made by {@link java.util.ServiceLoader}. */
    public ContinuousUpdateWriter() {}

    @Override
    public String writerType() {
        return ContinuousUpdate.WRITER_TYPE;
    }

    @Override
    public Optional<String> formatProblem(EntityFormat format) {
        return format == EntityFormat.DELTA
                ? Optional.empty()
                : Optional.of("a continuousUpdate changes rows in place, which " + format
                        + " files do not allow; make it a Delta entity");
    }

    @Override
    public Optional<? extends ColdWriter> writer(EntityOutput output, OutputContext context) {
        ContinuousUpdate settings = (ContinuousUpdate) output.model().writerDetails();
        return new UpsertPlan(settings, output, context).check()
                ? Optional.of(new UpsertWriter(settings, ConflictRetries.STANDARD, Clock.systemUTC()))
                : Optional.empty();
    }
}
