package io.millrace.run;

import io.millrace.config.MillraceException;
import io.millrace.internal.ledger.Claim;
import io.millrace.internal.ledger.ClaimedWork;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.ledger.LedgerEntry;
import io.millrace.internal.state.StampedId;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMemory;
import io.millrace.spi.SupportsDiscard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * One run of the batch ETLs of a pipegraph: the id by which its commits are known, and the claim that keeps others from the same slice meanwhile.
 * Used by the thread that runs.
 */
final class BatchRun implements WriteLog, RunMemory {

    private final String id;
    private final @Nullable Ledger ledger;
    private final @Nullable Claim claim;
    private final List<String> left;
    private boolean mayHaveCommitted;

    private BatchRun(String id, @Nullable Ledger ledger, @Nullable Claim claim, List<String> left) {
        this.id = id;
        this.ledger = ledger;
        this.claim = claim;
        this.left = left;
        this.mayHaveCommitted = claim != null && claim.writing();
    }

    /** A run of which nothing is remembered. */
    private static BatchRun forgotten(String id) {
        return new BatchRun(id, null, null, List.of());
    }

    /** A replay of dead letters. */
    static BatchRun of(Ledger ledger, Claim claim) {
        return new BatchRun(claim.id(), ledger, claim, List.of());
    }

    /**
     * Begins the run of a request: a new one, or one that did not finish.
     *
     * @param ledger the pipegraph's, or null where it has no state folder
     * @throws MillraceException of kind USER where the request does not fit what is known of earlier runs, EXTERNAL where somebody is at the slice
     */
    static BatchRun begin(@Nullable Ledger ledger, PipegraphPlan plan, RunRequest request) {
        boolean batches =
                plan.etls().stream().anyMatch(etl -> !etl.etl().trigger().streaming());
        if (ledger == null || !batches) {
            if (request.start() instanceof Start.ResumeUnfinished) {
                throw MillraceException.user("pipegraph " + plan.pipegraph().name() + " cannot resume a batch run: "
                        + (batches
                                ? "it remembers none; set pipegraph.state to a folder"
                                : "its ETLs are streams, which continue by themselves"));
            }
            return forgotten(request.start() instanceof Start.Named named ? named.id() : StampedId.of("run"));
        }
        ClaimedWork work = work(request);
        if (request.start() instanceof Start.Named named) {
            Claim claim = ledger.claim(work, named.id());
            return new BatchRun(claim.id(), ledger, claim, List.of());
        }
        List<String> left = new ArrayList<>();
        Claim claim = ledger.claim(work, unfinished -> {
            List<String> ids = unfinished.stream().map(LedgerEntry::id).toList();
            left.clear();
            left.addAll(request.start() instanceof Start.LeaveUnfinished ? ids : List.of());
            return new Ledger.Choice(chosen(plan.pipegraph().name(), request, ids, ledger));
        });
        return new BatchRun(claim.id(), ledger, claim, left);
    }

    /** Returns what a ledger knows runs of a request's slice as. */
    static ClaimedWork work(RunRequest request) {
        return new ClaimedWork(ClaimedWork.Kind.RUN, request.slice().toString());
    }

    private static String chosen(String pipegraph, RunRequest request, List<String> unfinished, Ledger ledger) {
        Optional<String> wanted = request.start().run();
        String last = unfinished.isEmpty() ? "" : unfinished.get(unfinished.size() - 1);
        if (request.start() instanceof Start.LeaveUnfinished) {
            return wanted.orElseGet(() -> StampedId.of("run"));
        }
        if (request.start() instanceof Start.ResumeUnfinished) {
            if (wanted.isEmpty() && last.isEmpty()) {
                throw MillraceException.user("pipegraph " + pipegraph + " has no unfinished run of slice "
                        + request.slice() + " to resume; run it without --resume");
            }
            if (wanted.isPresent() && !unfinished.contains(wanted.get())) {
                throw MillraceException.user("run " + wanted.get() + " of pipegraph " + pipegraph
                        + " cannot be resumed: "
                        + (ledger.find(wanted.get()).isPresent()
                                ? "it has finished, or took another slice"
                                : "there is none"));
            }
            return wanted.orElse(last);
        }
        if (!last.isEmpty()) {
            throw MillraceException.user("run " + last + " of pipegraph " + pipegraph + " (slice " + request.slice()
                    + ") did not finish; --resume continues it and writes nothing twice,"
                    + " --new-run leaves it and writes everything as a new run");
        }
        return StampedId.of("run");
    }

    String id() {
        return id;
    }

    /** Removes what the runs it leaves wrote to an ETL's outputs without having committed it. */
    void discardLeft(SparkSession session, EtlPlan etl) {
        for (PlannedOutput output : etl.outputs()) {
            discard(session, output, output.id());
            etl.deadLetters()
                    .ifPresent(place -> discard(session, place, place.id().lettersOf(output.id())));
        }
        etl.deadLetters().ifPresent(place -> discard(session, place, place.id()));
    }

    private void discard(SparkSession session, PlannedOutput output, OutputId written) {
        if (output.sink() instanceof SupportsDiscard sink) {
            left.forEach(request -> sink.discard(session, written, request));
        }
    }

    @Override
    public void beforeWrite() {
        if (claim != null) {
            claim.writes();
        }
    }

    @Override
    public void afterWrite(CommitOutcome outcome) {
        mayHaveCommitted |= !(outcome instanceof CommitOutcome.Rejected);
    }

    @Override
    public Optional<RunMemory> memory() {
        return claim == null ? Optional.empty() : Optional.of(this);
    }

    @Override
    public Optional<String> last(String name) {
        return ledger == null ? Optional.empty() : ledger.lastNote(ClaimedWork.Kind.RUN, name);
    }

    @Override
    public String keep(String name, Supplier<String> value) {
        Optional<String> known = claim == null ? Optional.empty() : claim.note(name);
        if (known.isPresent()) {
            return known.get();
        }
        String found = value.get();
        if (claim != null) {
            claim.note(name, found);
        }
        return found;
    }

    /** All is done. Where nothing was written, and no step has kept anything, there is nothing to remember. */
    void finish() {
        if (claim == null) {
            return;
        }
        if (claim.writing() || !claim.notes().isEmpty()) {
            claim.complete();
        } else {
            claim.release();
        }
    }

    /** It was stopped before it was through. */
    void stop() {
        leave("it was asked to stop before it was through");
    }

    /** It failed. Where nothing can have been committed there is nothing to resume: then this returns true, and the run is forgotten. */
    boolean abandon(Throwable failed) {
        leave(String.valueOf(failed.getMessage()));
        return !mayHaveCommitted;
    }

    private void leave(String why) {
        if (claim == null) {
            return;
        }
        if (mayHaveCommitted) {
            claim.fail(why);
        } else {
            claim.release();
        }
    }
}
