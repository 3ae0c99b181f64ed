package io.millrace.slices;

import io.millrace.config.MillraceException;
import io.millrace.internal.ledger.Owner;
import io.millrace.internal.ledger.OwnerHeartbeat;
import io.millrace.internal.ledger.OwnerLifeSigns;
import io.millrace.internal.spark.Sessions;
import io.millrace.internal.spark.delta.SmallDeltaTable;
import io.millrace.internal.state.StampedId;
import io.millrace.internal.state.StateFolder;
import io.millrace.slices.SliceEntry.Figures;
import io.millrace.spi.Slice;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The slices of a pipegraph, and how far each is, in a Delta table that many processes and pipegraphs share. A slice is claimed before it is run, by
 * one process at a time; a claim ends by being completed or failed. A process that dies leaves its claims, which are taken over: at once where it
 * is known to be dead, and else when it has given no sign of life for two minutes of the storage's clock.
 *
 * <p>What threads of this process ask for while a commit is under way shares the next one. Used on the driver, by any thread. Every failure of the
 * storage is of kind EXTERNAL.
 */
public final class SliceLedger implements AutoCloseable {

    private static final String FORMAT_PROPERTY = "millrace.slices.format";
    private static final int FORMAT = 1;

    private final String path;
    private final SmallDeltaTable table;
    private final OwnerLifeSigns beats;
    private final SliceCommits commits;
    private final Clock clock;
    private final Owner owner = Owner.here();
    private @Nullable OwnerHeartbeat heartbeat;

    /** An input of which each run reads one version. */
    public interface Pin {

        /** Returns the model of the input. */
        String model();

        /** Returns the version that a run which begins now is to read. */
        String newest();

        /** Returns whether a version can still be read, which a run that goes on has to read. */
        boolean readable(String version);
    }

    /** What became of an attempt to claim a slice. */
    public sealed interface Claimed {

        /**
         * This process is at it now.
         *
         * @param entry names its run and the version of the input
         * @param before what the ledger knew of it; null where it is new
         */
        record Ours(SliceEntry entry, @Nullable SliceEntry before) implements Claimed {}

        /** It is done, and nobody has asked for it again. */
        record Done(SliceEntry entry) implements Claimed {}

        /** Somebody else is at it. */
        record Held(SliceEntry entry) implements Claimed {}
    }

    private SliceLedger(SparkSession session, String path, String pipegraph, Clock clock) {
        this.path = path;
        this.table = new SmallDeltaTable(
                Sessions.beside(session), path, SliceRows.COLUMNS, Map.of(FORMAT_PROPERTY, String.valueOf(FORMAT)));
        this.beats = new OwnerLifeSigns(new StateFolder(session, path), new Path(path, "_owners"), "slices");
        this.commits = new SliceCommits(table, path, pipegraph);
        this.clock = clock;
    }

    /**
     * Opens the ledger in a folder; where there is none it is made with the first claim.
     *
     * @param pipegraph whose slices they are
     * @throws MillraceException of kind EXTERNAL where a newer version of Millrace has written it, PLUGIN where Delta is not on the class path
     */
    public static SliceLedger open(SparkSession session, String path, String pipegraph) {
        return open(session, path, pipegraph, Clock.systemUTC());
    }

    /** Opens it with a clock of one's own, which tells people when things were done, and decides nothing. */
    static SliceLedger open(SparkSession session, String path, String pipegraph, Clock clock) {
        SliceLedger ledger = new SliceLedger(session, path, pipegraph, clock);
        String format = ledger.table.property(FORMAT_PROPERTY);
        if (!format.isEmpty()) {
            StateFolder.requireKnown("the slice ledger in " + path, Integer.parseInt(format), FORMAT);
        }
        return ledger;
    }

    /** Returns all slices of the pipegraph that the ledger knows, in no particular order. */
    public List<SliceEntry> list() {
        return commits.read();
    }

    /**
     * Claims a slice. One that failed, or whose owner died, goes on with its run: what that has committed is recognised. Any other begins a new run.
     *
     * @param pin the input of which the run reads one version; null where none is pinned. A run whose version cannot be read any more is left, and a new one is begun
     */
    public Claimed claim(Slice slice, @Nullable Pin pin) {
        beginBeating();
        String newRun = StampedId.of("run");
        return commits.update(slices -> {
            SliceEntry before = slices.find(slice).orElse(null);
            if (before != null && before.state() == SliceState.DONE) {
                return new Claimed.Done(before);
            }
            if (before != null && held(before)) {
                return new Claimed.Held(before);
            }
            boolean goesOn = before != null && before.run() != null && canBeRead(before, pin);
            SliceEntry known = before == null ? SliceEntry.waiting(slice, null, null) : before;
            SliceEntry ours = goesOn
                    ? known.again(owner, now())
                    : known.begun(newRun, pin == null ? null : pin.newest(), owner, now());
            slices.put(ours);
            return new Claimed.Ours(ours, before);
        });
    }

    private static boolean canBeRead(SliceEntry entry, @Nullable Pin pin) {
        return pin == null || entry.version() == null || pin.readable(entry.version());
    }

    /** Returns whether somebody is at a slice who lives. */
    public boolean held(SliceEntry entry) {
        return entry.state() == SliceState.RUNNING
                && beats.lives(Owner.parse(Objects.requireNonNull(entry.claimedBy())));
    }

    /**
     * Ends a claim well.
     *
     * @param requests chooses, in view of all slices as they are in the commit, which are to be run again, each with a reason
     * @return those of them that nobody had asked for, and nobody is at
     * @throws MillraceException of kind EXTERNAL where the claim was taken over
     */
    public List<Slice> complete(
            SliceEntry claimed, Figures figures, Function<List<SliceEntry>, Map<Slice, String>> requests) {
        return commits.update(slices -> {
            slices.put(mine(slices, claimed).done(figures, now()));
            return request(slices, requests.apply(slices.all()));
        });
    }

    /**
     * Ends a claim that came to nothing, or not to its end: the next attempt goes on with its run.
     *
     * @throws MillraceException of kind EXTERNAL where the claim was taken over
     */
    public void fail(SliceEntry claimed, String why) {
        commits.update(slices -> {
            slices.put(mine(slices, claimed).failed(why, now()));
            return claimed;
        });
    }

    /** Asks for slices to be run, once more where they are done; what is waiting or held stays as it is. Returns those it has changed. */
    public List<Slice> request(Map<Slice, String> reasons) {
        return commits.update(slices -> request(slices, reasons));
    }

    private List<Slice> request(SliceChanges slices, Map<Slice, String> reasons) {
        List<Slice> requested = new ArrayList<>();
        reasons.forEach((slice, reason) -> {
            SliceEntry before = slices.find(slice).orElse(null);
            if (before == null || before.state() == SliceState.DONE || before.state() == SliceState.FAILED) {
                slices.put(SliceEntry.waiting(slice, before, reason));
                requested.add(slice);
            }
        });
        return requested;
    }

    /** Takes claims from whoever holds them, alive or not; the slices count as failed. Returns what the ledger knew of them. */
    public List<SliceEntry> release(Predicate<SliceEntry> those, String why) {
        return commits.update(slices -> {
            List<SliceEntry> released = slices.all().stream()
                    .filter(entry -> entry.state() == SliceState.RUNNING)
                    .filter(those)
                    .toList();
            released.forEach(entry -> slices.put(entry.failed(why, now())));
            return released;
        });
    }

    private SliceEntry mine(SliceChanges slices, SliceEntry claimed) {
        return slices.find(claimed.slice())
                .filter(entry -> entry.state() == SliceState.RUNNING
                        && Objects.equals(entry.claimedBy(), claimed.claimedBy())
                        && entry.attempt() == claimed.attempt()
                        && Objects.equals(entry.run(), claimed.run()))
                .orElseThrow(() -> MillraceException.external(
                        "slice " + claimed.slice()
                                + " is not this process's any more: somebody else has taken it over, or released it",
                        null));
    }

    /** As exactly as the table keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Returns where it is. */
    public String path() {
        return path;
    }

    private synchronized void beginBeating() {
        if (heartbeat == null) {
            heartbeat = OwnerHeartbeat.start(beats, owner);
        }
    }

    /** Gives no more signs of life: whatever is claimed still may be taken over. */
    @Override
    public synchronized void close() {
        Optional.ofNullable(heartbeat).ifPresent(OwnerHeartbeat::close);
        heartbeat = null;
    }
}
