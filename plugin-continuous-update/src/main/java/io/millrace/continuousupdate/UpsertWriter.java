package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.Spelling;
import io.millrace.config.MillraceException;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.parallelwrite.BatchWriter;
import io.millrace.parallelwrite.ColdFormats;
import io.millrace.parallelwrite.ColdTarget;
import io.millrace.parallelwrite.MergeableFormat;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.OutputId;
import io.millrace.spi.ReplacedRows;
import io.millrace.spi.upsert.MergeTable;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Upserts batches into entities: Delta tables, and those of other formats that merge. */
final class UpsertWriter implements BatchWriter {

    private final UpsertRun run;
    private final CommitRetries retries;
    private final ColdFormats formats;

    UpsertWriter(ContinuousUpdate settings, CommitRetries retries, ColdFormats formats, Clock clock) {
        this(new UpsertRun(settings, Spelling.CAMEL, clock), retries, formats);
    }

    private UpsertWriter(UpsertRun run, CommitRetries retries, ColdFormats formats) {
        this.run = run;
        this.retries = retries;
        this.formats = formats;
    }

    @Override
    public String description() {
        return run.description();
    }

    @Override
    public List<String> summary(List<Map<String, Object>> details) {
        return run.summary(details);
    }

    /** Counts the commits of its run. */
    @Override
    public UpsertWriter ofRun() {
        return new UpsertWriter(run.next(), retries, formats);
    }

    @Override
    public List<NamedColumn> namedColumns() {
        return run.namedColumns();
    }

    @Override
    public boolean addsColumns() {
        return run.addsColumns();
    }

    @Override
    public CommitOutcome write(Batch batch, ColdTarget target) {
        return run.write(batch, "entity " + target.entity(), target.toString(), () -> table(batch.session(), target));
    }

    @Override
    public ReplacedRows replacedRows() {
        return ReplacedRows.SAME_KEYS;
    }

    @Override
    public Optional<String> hotProblem() {
        return Optional.of("it takes rows over HTTP (write type Hot), which can only be added; writerType "
                + ContinuousUpdate.WRITER_TYPE + " needs a Cold entity in Delta or Iceberg format");
    }

    @Override
    public Set<String> inputColumns() {
        return run.inputColumns();
    }

    @Override
    public List<String> notes(StructType table) {
        return run.notes(table);
    }

    @Override
    public Map<String, Long> lastBatches(SparkSession session, OutputId output, ColdTarget target) {
        return formats.get(target.format()).lastBatches(session, output, target);
    }

    /** Delta's way is this module's own; other formats bring theirs. */
    private MergeTable table(SparkSession session, ColdTarget target) {
        if (target.format() == EntityFormat.DELTA) {
            return new DeltaMergeTable(
                    session, DeltaPlace.of(target), target.schema(), target.partitionColumns(), retries);
        }
        DeltaOnlySettings.problem(run.settings(), target.format()).ifPresent(problem -> {
            throw MillraceException.user(target + ": this cannot be done\n  " + problem);
        });
        return ((MergeableFormat) formats.get(target.format())).mergeTable(session, target);
    }
}
