package io.millrace.continuousupdate;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.continuousupdate.spark.Expressions;
import io.millrace.parallelwrite.ColdTarget;
import io.millrace.parallelwrite.ColdWriter;
import io.millrace.spark.DeltaCommits;
import io.millrace.spark.SparkErrors;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.OutputId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Upserts batches into Delta tables. */
final class UpsertWriter implements ColdWriter {

    private final ContinuousUpdate settings;
    private final ConflictRetries retries;
    private final Clock clock;
    private final MaintenanceSchedule schedule;

    UpsertWriter(ContinuousUpdate settings, ConflictRetries retries, Clock clock) {
        this.settings = settings;
        this.retries = retries;
        this.clock = clock;
        this.schedule = new MaintenanceSchedule(settings);
    }

    @Override
    public String description() {
        return "upsert by " + String.join(", ", settings.keys()) + ", newest " + settings.orderingExpression()
                + " stays";
    }

    @Override
    public CommitOutcome write(Batch batch, ColdTarget target) {
        DeltaCommits commits = commits(batch.session(), target);
        if (commits.tableExists() && commits.committed(batch.id())) {
            return new AlreadyCommitted(MergeCommit.name(commits.find(batch.id())));
        }
        try (UpsertBatch upsert = new UpsertBatch(batch, settings, clock.instant())) {
            return upsert.write(target, retries, schedule);
        } catch (Exception failed) {
            return new Rejected(SparkErrors.of("cannot upsert into " + target, failed));
        }
    }

    @Override
    public Optional<String> hotProblem() {
        return Optional.of("it takes rows over HTTP (write type Hot), which can only be added; writerType "
                + ContinuousUpdate.WRITER_TYPE + " needs a Cold entity in Delta format");
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
    public Set<String> committedRequests(SparkSession session, OutputId output, ColdTarget target) {
        return commits(session, target).requests(output);
    }

    private static DeltaCommits commits(SparkSession session, ColdTarget target) {
        return DeltaCommits.atPath(session, target.location(), target.storageOptions());
    }
}
