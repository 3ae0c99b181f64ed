package io.millrace.workflow;

import io.millrace.config.MillraceException;
import io.millrace.run.EtlResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a job.
 *
 * @param job its name
 * @param status how it ended
 * @param attempts how often it was run in this process; 0 where it was not
 * @param runId identifies its run in every commit of its batch ETLs; empty where it was not run
 * @param etls what its ETLs did, over all attempts
 * @param actions what was done to tables
 * @param cause why it failed, or null
 * @param reason why it was not run, or not to its end; empty where it was
 * @param duration from the beginning of the first attempt to the end of the last
 */
public record JobResult(
        String job,
        Status status,
        int attempts,
        String runId,
        List<EtlResult> etls,
        List<TableActionResult> actions,
        @Nullable MillraceException cause,
        String reason,
        Duration duration) {

    /** How a job ended. */
    public enum Status {
        /** All of it is done. */
        DONE,
        /** An earlier process had done it, and this one has continued that one's run. */
        DONE_BEFORE,
        /** It failed, and was not run again, or failed again. */
        FAILED,
        /** It was not run, because a job failed for which it waits. */
        SKIPPED,
        /** The workflow was asked to stop before the job was through. */
        STOPPED
    }

    /** Copies the lists. */
    public JobResult {
        etls = List.copyOf(etls);
        actions = List.copyOf(actions);
    }

    static JobResult notRun(String job, Status status, String reason) {
        return new JobResult(job, status, 0, "", List.of(), List.of(), null, reason, Duration.ZERO);
    }

    /** Returns whether it is done, by this process or an earlier one. */
    public boolean done() {
        return status == Status.DONE || status == Status.DONE_BEFORE;
    }

    /** Returns why it failed, where it did. */
    public Optional<MillraceException> failure() {
        return Optional.ofNullable(cause);
    }

    /** Returns how many rows it committed, in all outputs. */
    public long rows() {
        return etls.stream()
                .flatMap(etl -> etl.outputs().stream())
                .mapToLong(output -> output.counts().committed())
                .sum();
    }

    /** Returns the names of its commits, in the words of their targets; of a long stream the latest. */
    public List<String> commits() {
        return etls.stream()
                .flatMap(etl -> etl.outputs().stream())
                .flatMap(output -> output.commits().stream())
                .toList();
    }
}
