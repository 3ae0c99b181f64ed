package io.millrace.run;

import io.millrace.plan.EtlPlan;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMemory;
import io.millrace.spi.Slice;
import io.millrace.spi.SupportsDiscard;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** One run of the batch ETLs of a pipegraph, as the ledger knows it. Used by the thread that runs. */
final class BatchRun implements WriteLog, RunMemory {

    private final RunLedger ledger;
    private final String id;
    private final Slice slice;
    private final Instant started = Instant.now();
    private final List<String> left;
    private final Map<String, String> kept = new LinkedHashMap<>();
    private boolean noted;
    private boolean mayHaveCommitted;

    /**
     * A run.
     *
     * @param left ids of the runs of the same slice that did not finish, and that it leaves
     */
    BatchRun(RunLedger ledger, String id, Slice slice, List<String> left) {
        this.ledger = ledger;
        this.id = id;
        this.slice = slice;
        this.left = left;
    }

    /** The run was begun before, and what it did then may have committed something. */
    BatchRun continued() {
        mayHaveCommitted = true;
        kept.putAll(ledger.kept(id));
        return this;
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

    private void discard(SparkSession session, PlannedOutput output, OutputId id) {
        if (output.sink() instanceof SupportsDiscard sink) {
            left.forEach(request -> sink.discard(session, id, request));
        }
    }

    @Override
    public void beforeWrite() {
        if (!noted) {
            note(null);
            noted = true;
        }
    }

    @Override
    public void afterWrite(CommitOutcome outcome) {
        mayHaveCommitted |= !(outcome instanceof CommitOutcome.Rejected);
    }

    /** All is written. */
    void finish() {
        if (noted) {
            note(Instant.now());
        }
    }

    @Override
    public Optional<RunMemory> memory() {
        return ledger.remembers() ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Optional<String> last(String name) {
        return ledger.lastKept(name);
    }

    /** What is kept before the first write is noted with it. */
    @Override
    public String keep(String name, Supplier<String> value) {
        String known = kept.get(name);
        if (known != null) {
            return known;
        }
        String found = value.get();
        kept.put(name, found);
        if (noted) {
            note(null);
        }
        return found;
    }

    private void note(@Nullable Instant finished) {
        ledger.note(id, slice, started, finished, kept);
    }

    /** It failed. Where nothing can have been committed there is nothing to resume: then this returns true, and the run is forgotten. */
    boolean abandon() {
        if (noted && !mayHaveCommitted) {
            ledger.forget(id);
        }
        return !mayHaveCommitted;
    }
}
