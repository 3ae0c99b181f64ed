package io.millrace.latedata;

import io.millrace.config.MillraceException;
import io.millrace.latedata.DueSlice.Due;
import io.millrace.latedata.LateDataRequest.Backfills;
import io.millrace.model.LateData;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedInput;
import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceLedger;
import io.millrace.slices.SliceListener;
import io.millrace.slices.SliceResult;
import io.millrace.slices.SliceState;
import io.millrace.slices.SlicedRequest;
import io.millrace.slices.SlicedRunner;
import io.millrace.spi.Slice;
import io.millrace.spi.SupportsVersions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipegraph for the slices of a table that are due, several at once: those that were not run yet, and once more those whose rows changed after
 * they were run. Each slice reads the table as of one version, which is noted, so that whatever comes later is found later. Many processes may do
 * this at once for one pipegraph.
 *
 * <p>{@link #run} blocks; {@link #stop} may be called by any thread.
 */
public final class LateDataRunner implements AutoCloseable {

    private final SparkSession session;
    private final PipegraphPlan plan;
    private final LateData how;
    private final SliceListener listener;
    private final PartitionSlices slices;
    private final SliceLedger ledger;
    private final ChangeIndexes indexes;
    private volatile @Nullable SlicedRunner running;
    private volatile boolean stopped;

    /**
     * A runner of a plan.
     *
     * @throws MillraceException of kind USER where the pipegraph says nothing of late data
     */
    public LateDataRunner(SparkSession session, PipegraphPlan plan, SliceListener listener) {
        this.session = session;
        this.plan = plan;
        this.listener = listener;
        this.how = plan.pipegraph()
                .lateData()
                .orElseThrow(
                        () -> MillraceException.user(
                                "pipegraph " + plan.pipegraph().name()
                                        + " has no late-data section; write late-data { input = MODEL, partition-by = COLUMN }"));
        this.slices = new PartitionSlices(
                how.partitionBy(), plan.asksForDate() && how.partitionBy().size() == 1);
        this.ledger =
                SliceLedger.open(session, plan.sliceLedger(), plan.pipegraph().name());
        PlannedInput input = plan.etls().stream()
                .flatMap(etl -> etl.inputs().stream())
                .filter(each -> each.input().model().equals(how.input()))
                .findFirst()
                .orElseThrow();
        this.indexes = new ChangeIndexes(
                session,
                (SupportsVersions) input.source(),
                input.source().description(),
                how.partitionBy(),
                plan.sliceLedger(),
                plan.pipegraph().name());
    }

    /** Returns what is due now, and what is left out, each with the reason. Runs nothing. */
    public List<DueSlice> due() {
        return look().all();
    }

    private DueSlices look() {
        return new DueSlices(how, slices, ledger, indexes.newest(), indexes::number);
    }

    /**
     * Runs what is asked for.
     *
     * @return what became of each slice; that one failed is said there
     * @throws MillraceException of kind USER where the table is not what it should be, EXTERNAL where it or the ledger cannot be reached
     */
    public LateDataResult run(LateDataRequest request) {
        long started = System.nanoTime();
        if (request.reconcile()) {
            reconcile();
        }
        List<DueSlice> due = request.dates().isEmpty()
                ? look().all()
                : look().asked(request.dates().stream().map(LocalDate::toString).toList());
        List<Slice> first = due.stream()
                .filter(each -> each.due().run())
                .filter(each -> request.backfills() == Backfills.RUN || !isBackfill(each, request))
                .map(DueSlice::slice)
                .toList();
        ask(due, request);
        List<SliceResult> own = run(first);
        List<SliceResult> again = new ArrayList<>();
        if (request.backfills() == Backfills.RUN && !request.dates().isEmpty()) {
            backfill(again);
        }
        return new LateDataResult(
                plan.pipegraph().name(),
                own,
                again,
                waiting(),
                due.stream().filter(each -> !each.due().run()).toList(),
                Duration.ofNanos(System.nanoTime() - started));
    }

    private static boolean isBackfill(DueSlice each, LateDataRequest request) {
        return request.dates().isEmpty() && (each.due() == Due.LATE || each.due() == Due.REQUESTED);
    }

    /** Dates that are asked for are run though they are done; late ones are noted as asked for before anything is run. */
    private void ask(List<DueSlice> due, LateDataRequest request) {
        Map<Slice, String> reasons = new LinkedHashMap<>();
        due.stream()
                .filter(each -> each.due() == Due.LATE
                        || (each.due() == Due.REQUESTED && !request.dates().isEmpty()))
                .forEach(each -> reasons.put(each.slice(), each.reason()));
        if (!reasons.isEmpty()) {
            ledger.request(reasons);
        }
    }

    /** Runs what is asked for, by this command or by one that died, and what that finds to be late; each once, and no more than a command may. */
    private void backfill(List<SliceResult> again) {
        int most = how.maxBackfills().orElse(Integer.MAX_VALUE);
        Set<Slice> tried = new HashSet<>();
        while (!stopped) {
            List<Slice> next = waiting().stream()
                    .filter(slice -> !tried.contains(slice))
                    .limit(most - tried.size())
                    .toList();
            if (next.isEmpty()) {
                return;
            }
            tried.addAll(next);
            again.addAll(run(next));
        }
    }

    private List<SliceResult> run(List<Slice> what) {
        if (what.isEmpty()) {
            return List.of();
        }
        List<Slice> ordered = what.stream().sorted(slices::compare).toList();
        SlicedRunner runner = new SlicedRunner(
                session,
                plan,
                ledger,
                new SlicedRequest(ordered, how.maxConcurrent(), false),
                new LateDataRules(how, slices, indexes),
                listener);
        running = runner;
        if (stopped) {
            runner.stop();
        }
        List<SliceResult> results = runner.run().slices();
        how.configurations().ifPresent(folder -> {
            BackfillConfigurations files = new BackfillConfigurations(session, folder, slices);
            results.stream()
                    .filter(result -> result.status() == SliceResult.Status.DONE)
                    .forEach(files::write);
        });
        return results;
    }

    private List<Slice> waiting() {
        return ledger.list().stream()
                .filter(entry -> entry.state() == SliceState.WAITING)
                .map(SliceEntry::slice)
                .filter(slices::has)
                .sorted(slices::compare)
                .toList();
    }

    private void reconcile() {
        indexes.beginAnew();
        Map<Slice, String> done = new LinkedHashMap<>();
        ledger.list().stream()
                .filter(entry -> entry.state() == SliceState.DONE || entry.state() == SliceState.FAILED)
                .filter(entry -> slices.has(entry.slice()))
                .forEach(entry -> done.put(entry.slice(), "what has changed since is not known"));
        ledger.request(done);
    }

    /** Asks what runs to stop after the batch it is at. Returns at once. */
    public void stop() {
        stopped = true;
        SlicedRunner runner = running;
        if (runner != null) {
            runner.stop();
        }
    }

    /** Lets go of the ledger. */
    @Override
    public void close() {
        ledger.close();
    }
}
