package io.millrace.workflow;

import io.millrace.config.Fingerprint;
import io.millrace.internal.ledger.Claim;
import io.millrace.internal.ledger.ClaimedWork;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.state.StampedId;
import io.millrace.spi.Slice;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How far one run of a workflow has come: the ids under which its jobs run, and which of them are done. It is noted in the workflow's ledger, so that
 * a run that did not finish can be continued by another process. Without a state folder nothing is remembered, and nothing can be continued.
 * Thread-safe.
 */
final class WorkflowProgress {

    private static final String RUN = "run of ";
    private static final String DONE = "done ";

    private final String id;
    private final @Nullable Claim claim;
    private final Map<String, String> remembered = new ConcurrentHashMap<>();

    private WorkflowProgress(String id, @Nullable Claim claim) {
        this.id = id;
        this.claim = claim;
    }

    /** A run that is remembered as long as it runs. */
    static WorkflowProgress forgotten() {
        return new WorkflowProgress(StampedId.of("workflow"), null);
    }

    /** A run that begins, or the last one that was asked the same, did not finish, and was not followed by one that did. */
    static WorkflowProgress begin(Ledger ledger, WorkflowRequest request) {
        Claim claim = ledger.claim(new ClaimedWork(ClaimedWork.Kind.WORKFLOW, asked(request)), unfinished -> {
            boolean anew = request.start() == WorkflowRequest.Start.NEW || unfinished.isEmpty();
            return new Ledger.Choice(
                    anew
                            ? StampedId.of("workflow")
                            : unfinished.get(unfinished.size() - 1).id());
        });
        return new WorkflowProgress(claim.id(), claim);
    }

    /** Values that are set may be secrets, so only what tells them apart is noted. */
    private static String asked(WorkflowRequest request) {
        String slice = request.slice().equals(Slice.ALL) ? "" : request.slice().toString();
        return request.asked().isEmpty() && slice.isEmpty() ? "" : Fingerprint.of(request.asked() + slice);
    }

    String id() {
        return id;
    }

    /** Returns whether an earlier process has done a job. */
    boolean done(String job) {
        return noted(DONE + job).isPresent();
    }

    /** Returns the id under which a job was begun. */
    Optional<String> runOf(String job) {
        return noted(RUN + job);
    }

    /** Notes under which id a job is about to begin. */
    void begin(String job, String run) {
        if (claim != null) {
            claim.writes();
        }
        note(RUN + job, run);
    }

    /** Notes that a job is done. */
    void finish(String job) {
        note(DONE + job, Instant.now().toString());
    }

    /** Notes that all jobs are done. */
    void finish() {
        if (claim != null) {
            claim.complete();
        }
    }

    /** Notes that the run ends though not all jobs are done. */
    void leave(String why) {
        if (claim == null) {
            return;
        }
        if (claim.writing()) {
            claim.fail(why);
        } else {
            claim.release();
        }
    }

    private Optional<String> noted(String name) {
        return claim == null ? Optional.ofNullable(remembered.get(name)) : claim.note(name);
    }

    private void note(String name, String value) {
        if (claim == null) {
            remembered.put(name, value);
        } else {
            claim.note(name, value);
        }
    }
}
