package io.millrace.internal.ledger;

import io.millrace.config.MillraceException;
import io.millrace.internal.state.StateFolder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What was run and what is running. Work is claimed before it begins, so that two processes are never at the same work; a claim ends by being
 * completed, failed or released. Work whose owner died stays where something of it may be in a target, and is as good as failed; else it is as if
 * it had never begun. Used on the driver, by any thread.
 */
public final class Ledger {

    private static final int MOST_TRIES = 1_000;

    private final String whose;
    private final FileLedgerStore store;
    private final Clock clock;

    /**
     * A ledger that is kept in a store.
     *
     * @param whose it is, as messages say it, such as {@code pipegraph orders}
     */
    Ledger(String whose, FileLedgerStore store, Clock clock) {
        this.whose = whose;
        this.store = store;
        this.clock = clock;
    }

    /** Returns the ledger of a pipegraph, in small files of its state folder. */
    public static Ledger ofPipegraph(StateFolder state, String name) {
        return inFiles(state, "pipegraph", name);
    }

    /** Returns the ledger of a workflow, in small files of its state folder. */
    public static Ledger ofWorkflow(StateFolder state, String name) {
        return inFiles(state, "workflow", name);
    }

    private static Ledger inFiles(StateFolder state, String what, String name) {
        return new Ledger(what + " " + name, new FileLedgerStore(state, what, name), Clock.systemUTC());
    }

    /**
     * Which piece of work is claimed.
     *
     * @param id the one that is begun, or continued where the ledger knows it
     * @param notes what is remembered of one that is begun, by name
     */
    public record Choice(String id, Map<String, String> notes) {

        /** One without notes. */
        public Choice(String id) {
            this(id, Map.of());
        }
    }

    /**
     * Claims work that nobody else may be at, whatever its id.
     *
     * @param choice chooses, of the entries of this work that did not finish and were not followed by one that did, the earliest first; may be asked
     *     several times, and may throw to claim nothing
     * @throws MillraceException of kind EXTERNAL where somebody is at this work
     */
    public Claim claim(ClaimedWork work, Function<List<LedgerEntry>, Choice> choice) {
        return claim(work, choice, entry -> entry.work().equals(work));
    }

    /**
     * Claims work by its id: other pieces of the same work may be under way.
     *
     * @throws MillraceException of kind EXTERNAL where somebody is at the one of this id
     */
    public Claim claim(ClaimedWork work, String id) {
        return claim(work, unfinished -> new Choice(id), entry -> entry.id().equals(id));
    }

    private Claim claim(ClaimedWork work, Function<List<LedgerEntry>, Choice> choice, Predicate<LedgerEntry> disputed) {
        Owner owner = Owner.here();
        OwnerHeartbeat heartbeat = OwnerHeartbeat.start(store.beats(), owner);
        try {
            LedgerVersion claimed = update(now -> {
                LedgerVersion known = withoutAbandoned(now, work);
                known.entries().stream()
                        .filter(disputed.and(this::claimed))
                        .findFirst()
                        .ifPresent(this::refuse);
                Choice chosen = choice.apply(unfinished(known, work));
                long next = now.sequence() + 1;
                LedgerEntry entry = known.find(chosen.id())
                        .map(found -> found.again(owner))
                        .orElseGet(() ->
                                LedgerEntry.begun(chosen.id(), work, next, clock.instant(), owner, chosen.notes()));
                return known.with(entry);
            });
            LedgerEntry mine = claimed.entries().stream()
                    .filter(entry -> owner.equals(entry.owner()))
                    .findFirst()
                    .orElseThrow();
            return new Claim(this, mine, heartbeat);
        } catch (RuntimeException refused) {
            heartbeat.close();
            throw refused;
        }
    }

    private void refuse(LedgerEntry held) {
        String what =
                switch (held.work().kind()) {
                    case RUN ->
                        "run " + held.id() + " of " + whose + " (slice "
                                + held.work().subject() + ")";
                    case STREAM -> "ETL " + held.work().subject() + " of " + whose;
                    case REPLAY ->
                        "a replay of dead letters of ETL " + held.work().subject() + " of " + whose;
                    case WORKFLOW -> "run " + held.id() + " of " + whose;
                };
        throw MillraceException.external(
                what + " is under way, in "
                        + held.claimedBy().orElseThrow() + ", since " + held.started()
                        + "; wait until it is through, or stop it",
                null);
    }

    /** Returns the entries of a work that did not finish and were not followed by one that did, the earliest first; nobody is at them. */
    public List<LedgerEntry> unfinished(ClaimedWork work) {
        return unfinished(store.read(), work);
    }

    private List<LedgerEntry> unfinished(LedgerVersion version, ClaimedWork work) {
        return version.entries().stream()
                .filter(entry -> entry.work().equals(work) && !entry.done() && entry.writing() && !claimed(entry))
                .toList();
    }

    /** Returns all entries that are kept: those that are not finished, and of each kind the last that are. */
    public List<LedgerEntry> list() {
        return store.read().entries();
    }

    /** Returns the entry of an id; empty where there never was one, or it finished long ago. */
    public Optional<LedgerEntry> find(String id) {
        return store.read().find(id);
    }

    /** Returns what the last entry of a kind that was completed has noted under a name. */
    public Optional<String> lastNote(ClaimedWork.Kind kind, String name) {
        List<LedgerEntry> entries = list();
        for (int i = entries.size() - 1; i >= 0; i--) {
            LedgerEntry entry = entries.get(i);
            if (entry.work().kind() == kind && entry.done() && entry.note(name).isPresent()) {
                return entry.note(name);
            }
        }
        return Optional.empty();
    }

    /** Changes an entry that is claimed. */
    LedgerEntry change(LedgerEntry claimed, UnaryOperator<LedgerEntry> change) {
        return update(now -> now.with(change.apply(mine(now, claimed))))
                .find(claimed.id())
                .orElseThrow();
    }

    /** Ends a claim well. What did not finish before it is not looked at any more. */
    void complete(LedgerEntry claimed) {
        update(now -> {
            LedgerEntry done = mine(now, claimed).completed(clock.instant());
            return now.without(entry -> isBefore(entry, done)).withLast(done).withoutLongAgo();
        });
    }

    private boolean isBefore(LedgerEntry entry, LedgerEntry done) {
        return entry.work().equals(done.work())
                && !entry.done()
                && entry.sequence() < done.sequence()
                && !claimed(entry);
    }

    /** Ends a claim of which nothing is in a target. */
    void release(LedgerEntry claimed) {
        update(now -> now.without(entry -> entry.equals(mine(now, claimed))));
    }

    private static LedgerEntry mine(LedgerVersion now, LedgerEntry claimed) {
        return now.find(claimed.id())
                .filter(entry -> claimed.claimedBy().equals(entry.claimedBy()))
                .orElseThrow(() -> MillraceException.external(
                        claimed.id()
                                + " is not this process's any more: somebody else has taken it over, or the state folder was changed",
                        null));
    }

    /** Whoever died before anything was written has done nothing. */
    private LedgerVersion withoutAbandoned(LedgerVersion version, ClaimedWork work) {
        return version.without(
                entry -> entry.work().kind() == work.kind() && !entry.done() && !entry.writing() && !claimed(entry));
    }

    private boolean claimed(LedgerEntry entry) {
        return entry.claimedBy().filter(store.beats()::lives).isPresent();
    }

    /** Tries until nobody else has changed the ledger in between. */
    private LedgerVersion update(UnaryOperator<LedgerVersion> change) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            LedgerVersion now = store.read();
            LedgerVersion next = change.apply(now).after(now);
            if (store.write(next)) {
                return next;
            }
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(1, 20)));
        }
        throw MillraceException.external(
                "the ledger was changed by others " + MOST_TRIES + " times while this process tried to change it",
                null);
    }
}
