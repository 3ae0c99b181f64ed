package io.millrace.parallelwrite;

import io.delta.tables.DeltaTable;
import io.millrace.catalog.EntityFormat;
import io.millrace.catalog.WriteExecutionPlan.Cold;
import io.millrace.config.MillraceException;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.Preparation;
import io.millrace.spi.SparkErrors;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;

/** What happens to a batch between the plan of its entity and the end of the writing. */
record ColdPlanExecutor(
        ColdTargets targets,
        ClassPathExtensions extensions,
        EntityWriter kind,
        BatchWriter writer,
        SymlinkManifest manifest) {

    /** Returns the same for one run. */
    ColdPlanExecutor ofRun() {
        return new ColdPlanExecutor(targets, extensions, kind, writer.ofRun(), manifest);
    }

    /** Writes a batch as the plan says. Throws errors only. */
    CommitOutcome write(Batch batch, Cold plan) {
        return problem(plan.format()).<CommitOutcome>map(Rejected::new).orElseGet(() -> written(batch, plan));
    }

    /** Compacts what lies in a place. */
    CompactionResult compact(SparkSession session, CompactionRequest request, ColdTarget target) {
        ColdFormat format = extensions
                .format(target.format())
                .orElseThrow(() -> MillraceException.plugin(
                        "entity " + targets.coordinates() + ": " + extensions.missingFormat(target.format()), null));
        OptionalLong size = writer.targetFileSize();
        CompactionResult result = format.compact(session, request, size.isPresent() ? size.getAsLong() : null, target);
        return result.folders().isEmpty() ? result : manifest.after(result, () -> deltaTable(session, target));
    }

    private CommitOutcome written(Batch batch, Cold plan) {
        return Preparation.asking("entity " + targets.coordinates() + ": no table for it", () -> {
            ColdTarget target = targets.of(batch.session(), plan);
            return () -> written(batch, target);
        });
    }

    private CommitOutcome written(Batch batch, ColdTarget target) {
        StorageSecrets secrets = StorageSecrets.of(target);
        try {
            return secrets.mask(manifest.after(writer.write(batch, target), () -> deltaTable(batch.session(), target)));
        } catch (Exception failed) { // Spark throws checked exceptions without declaring them
            return new Unknown(secrets.mask(SparkErrors.of("cannot write " + target, failed)));
        }
    }

    private static DeltaTable deltaTable(SparkSession session, ColdTarget target) {
        return DeltaTable.forPath(session, target.location(), target.storageOptions());
    }

    private Optional<MillraceException> problem(EntityFormat format) {
        if (extensions.format(format).isEmpty()) {
            return Optional.of(MillraceException.plugin(
                    "entity " + targets.coordinates() + ": " + extensions.missingFormat(format), null));
        }
        return kind.formatProblem(format)
                .map(problem -> MillraceException.user("entity " + targets.coordinates() + ": " + problem));
    }
}
