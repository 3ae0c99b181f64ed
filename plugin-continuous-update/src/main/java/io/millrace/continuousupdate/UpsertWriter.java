package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.SchemaEvolution;
import io.millrace.catalog.EntityFormat;
import io.millrace.config.MillraceException;
import io.millrace.continuousupdate.spark.Expressions;
import io.millrace.parallelwrite.ColdFormats;
import io.millrace.parallelwrite.ColdTarget;
import io.millrace.parallelwrite.ColdWriter;
import io.millrace.parallelwrite.MergeTable;
import io.millrace.parallelwrite.SupportsMerge;
import io.millrace.spark.Preparation;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.OutputId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Upserts batches into tables of Delta, and of other formats that merge. */
final class UpsertWriter implements ColdWriter {

    private final ContinuousUpdate settings;
    private final ConflictRetries retries;
    private final ColdFormats formats;
    private final Clock clock;
    private final MaintenanceSchedule schedule;

    UpsertWriter(ContinuousUpdate settings, ConflictRetries retries, ColdFormats formats, Clock clock) {
        this.settings = settings;
        this.retries = retries;
        this.formats = formats;
        this.clock = clock;
        this.schedule = new MaintenanceSchedule(settings);
    }

    @Override
    public String description() {
        return "upsert by " + String.join(", ", settings.keys()) + ", newest " + settings.orderingExpression()
                + " stays";
    }

    @Override
    public List<String> summary(List<Map<String, Object>> details) {
        return new UpsertSummary(details).lines();
    }

    /** Counts the commits of its run. */
    @Override
    public UpsertWriter ofRun() {
        return new UpsertWriter(settings, retries, formats, clock);
    }

    @Override
    public List<NamedColumn> namedColumns() {
        List<NamedColumn> named = new ArrayList<>(
                NamedColumn.names("writerDetails.keys", settings.keys()).toList());
        named.add(NamedColumn.expression("writerDetails.orderingExpression", settings.orderingExpression()));
        if (settings.deleteExpression() != null) {
            named.add(NamedColumn.expression("writerDetails.deleteExpression", settings.deleteExpression()));
        }
        return named;
    }

    @Override
    public boolean addsColumns() {
        return settings.schemaEvolution() == SchemaEvolution.ADDITIVE;
    }

    @Override
    public CommitOutcome write(Batch batch, ColdTarget target) {
        return Preparation.asking("cannot upsert into " + target, () -> {
            MergeTable table = table(batch.session(), target);
            Optional<CommitOutcome> before = table.before(batch);
            return before.isPresent() ? before::get : () -> upserted(batch, target, table);
        });
    }

    private CommitOutcome upserted(Batch batch, ColdTarget target, MergeTable table) {
        try (UpsertBatch upsert = new UpsertBatch(batch, settings, clock.instant())) {
            return Preparation.of(
                    "cannot upsert into " + target,
                    () -> upsert.prepared(target, table, maintenance -> due(batch, target, maintenance)));
        }
    }

    @Override
    public Optional<String> hotProblem() {
        return Optional.of("it takes rows over HTTP (write type Hot), which can only be added; writerType "
                + ContinuousUpdate.WRITER_TYPE + " needs a Cold entity in Delta or Iceberg format");
    }

    @Override
    public Set<String> inputColumns() {
        Set<String> names = new TreeSet<>(Expressions.names(settings.orderingExpression()));
        if (settings.deleteExpression() != null) {
            names.addAll(Expressions.names(settings.deleteExpression()));
        }
        return names;
    }

    @Override
    public List<String> notes(StructType table) {
        return KeyRange.possible(settings.keys(), table);
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output, ColdTarget target) {
        return formats.get(target.format()).lastBatches(session, output, target);
    }

    /** Delta's way is this module's own; other formats bring theirs. */
    private MergeTable table(SparkSession session, ColdTarget target) {
        if (target.format() == EntityFormat.DELTA) {
            return new DeltaMergeTable(session, target, retries);
        }
        DeltaOnly.problem(settings, target.format()).ifPresent(problem -> {
            throw MillraceException.user(target + ": this cannot be done\n  " + problem);
        });
        return ((SupportsMerge) formats.get(target.format())).mergeTable(session, target);
    }

    private void due(Batch batch, ColdTarget target, Maintenance maintenance) {
        schedule.run(batch.session(), DeltaPlace.of(target), batch.id().output(), maintenance);
    }
}
