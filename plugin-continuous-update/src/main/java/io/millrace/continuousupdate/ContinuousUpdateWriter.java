package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.EntityDefinition;
import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.Spelling;
import io.millrace.config.ConfigSection;
import io.millrace.continuousupdate.internal.spark.Expressions;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.model.SchemaContract;
import io.millrace.parallelwrite.BatchWriter;
import io.millrace.parallelwrite.ColdFormats;
import io.millrace.parallelwrite.EntityOutput;
import io.millrace.parallelwrite.EntityWriter;
import io.millrace.spi.OutputContext;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Writer type {@code continuousUpdate}: keeps one row per key in a table of Delta or Iceberg, the one with the greatest ordering ever seen.
 *
 * <p>A batch is reduced to one row per key and merged in one commit, which carries the batch's identity: a batch that comes again changes
 * nothing. Of rows with the same key and ordering a delete wins, then the row with the greater Kafka offset, then the one with the greater hash of
 * its contents. Rows older than the stored one are skipped, which needs the stored row's ordering: computed by the ordering expression where the
 * table has its columns, else kept in the model's {@code orderingColumn}; with neither the last batch wins, and a warning says so.
 *
 * <p>Deleted keys are remembered in a table beside this one. Where another commit comes first, only the merge is done again.
 * The batch's rows are computed once, and a second time only to find rows for the dead letters. Everything is called on the driver.
 */
public final class ContinuousUpdateWriter implements EntityWriter {

    /** Made by {@link java.util.ServiceLoader}. */
    public ContinuousUpdateWriter() {}

    @Override
    public String writerType() {
        return ContinuousUpdate.WRITER_TYPE;
    }

    @Override
    public Optional<String> formatProblem(EntityFormat format) {
        return switch (format) {
            case DELTA, ICEBERG -> Optional.empty();
            case PARQUET ->
                Optional.of("a continuousUpdate changes rows in place, which " + format
                        + " files do not allow; make it a Delta or Iceberg entity");
        };
    }

    @Override
    public Optional<? extends BatchWriter> writer(EntityOutput output, OutputContext context) {
        ContinuousUpdate settings = (ContinuousUpdate) output.model().writerDetails();
        ContinuousUpdate effective =
                context.newColumns() == SchemaContract.Policy.EVOLVE ? settings.additive() : settings;
        return right(settings, output, context)
                ? Optional.of(new UpsertWriter(
                        effective, CommitRetries.STANDARD, ColdFormats.load(context.classLoader()), Clock.systemUTC()))
                : Optional.empty();
    }

    private static boolean right(ContinuousUpdate settings, EntityOutput output, OutputContext context) {
        EntityFormat format = output.definition().map(EntityDefinition::format).orElse(EntityFormat.DELTA);
        ConfigSection section = context.value().section("writerDetails");
        Map<String, String> wrong = DeltaOnlySettings.problems(settings, format);
        UpsertPlan plan = new UpsertPlan(settings, Spelling.CAMEL, section, context);
        boolean right = plan.check(output.definition()
                .flatMap(EntityDefinition::schema)
                .flatMap(Expressions::columns)
                .orElse(null));
        wrong.forEach(section::problem);
        if (format == EntityFormat.DELTA) {
            plan.checkVacuum();
        }
        return right && wrong.isEmpty();
    }
}
