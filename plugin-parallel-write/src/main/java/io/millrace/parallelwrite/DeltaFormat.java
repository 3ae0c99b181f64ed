package io.millrace.parallelwrite;

import io.millrace.catalog.EntityFormat;
import io.millrace.config.MillraceException;
import io.millrace.spark.DeltaCommit;
import io.millrace.spark.DeltaCommits;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.Counts;
import io.millrace.spi.OutputId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Delta tables: the batch's identity travels with the commit, so Delta itself skips a batch it holds. */
public final class DeltaFormat implements ColdFormat {

    /** Made by {@link java.util.ServiceLoader}. */
    public DeltaFormat() {}

    @Override
    public EntityFormat format() {
        return EntityFormat.DELTA;
    }

    @Override
    public String provider() {
        return "delta";
    }

    @Override
    public void createTable(SparkSession session, DeclaredTable table) {
        boolean there = DeltaCommits.atPath(session, table.location(), Map.of()).tableExists();
        session.sql((there ? table.withoutColumns() : table).createStatement(provider()));
    }

    @Override
    public Optional<String> commit(SparkSession session, BatchId batch, ColdTarget target) {
        DeltaCommits commits = commits(session, target);
        return commits.committed(batch) ? Optional.of(name(commits.find(batch))) : Optional.empty();
    }

    @Override
    public boolean holdsRows(SparkSession session, ColdTarget target) {
        DeltaCommits commits = commits(session, target);
        return commits.tableExists()
                && !session.read()
                        .format(provider())
                        .options(target.storageOptions())
                        .load(target.location())
                        .isEmpty();
    }

    @Override
    public CommitOutcome append(Batch batch, Dataset<Row> rows, ColdTarget target) {
        return write(batch, rows, target, SaveMode.Append);
    }

    @Override
    public CommitOutcome overwrite(Batch batch, Dataset<Row> rows, ColdTarget target) {
        return write(batch, rows, target, SaveMode.Overwrite);
    }

    @Override
    public Set<String> committedRequests(SparkSession session, OutputId output, ColdTarget target) {
        return commits(session, target).requests(output);
    }

    private CommitOutcome write(Batch batch, Dataset<Row> rows, ColdTarget target, SaveMode mode) {
        DeltaCommits commits = commits(batch.session(), target);
        if (commits.committed(batch.id())) {
            return new AlreadyCommitted(name(commits.find(batch.id())));
        }
        try {
            DataFrameWriter<Row> writer = rows.write()
                    .format(provider())
                    .mode(mode)
                    .options(target.storageOptions())
                    .options(DeltaCommits.options(batch.id()));
            if (!commits.tableExists()) {
                writer = writer.partitionBy(target.partitionColumns().toArray(String[]::new));
            }
            writer.save(target.location());
        } catch (Exception failed) {
            return afterFailure(batch, target, WriteFailure.of(target, failed));
        }
        return committed(commits.find(batch.id()), List.of());
    }

    /** Delta may fail after its commit, in what it does besides: the table knows. */
    private CommitOutcome afterFailure(Batch batch, ColdTarget target, MillraceException failure) {
        try {
            DeltaCommits commits = commits(batch.session(), target);
            return commits.committed(batch.id())
                    ? committed(commits.find(batch.id()), List.of(failure.getMessage()))
                    : new Rejected(failure);
        } catch (RuntimeException unreadable) {
            failure.addSuppressed(unreadable);
            return new Unknown(failure);
        }
    }

    private static CommitOutcome committed(Optional<DeltaCommit> commit, List<String> warnings) {
        Counts counts = Counts.committed(
                commit.map(found -> found.metric("numOutputRows")).orElse(0L));
        return new Committed(name(commit), counts, Map.of(), warnings);
    }

    private static String name(Optional<DeltaCommit> commit) {
        return commit.map(found -> "version " + found.version()).orElse("an earlier version");
    }

    private static DeltaCommits commits(SparkSession session, ColdTarget target) {
        return DeltaCommits.atPath(session, target.location(), target.storageOptions());
    }
}
