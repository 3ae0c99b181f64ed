package io.millrace.internal.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work, as a ledger knows it.
 *
 * @param id by which commits of the work are known, at every attempt the same
 * @param work what it is
 * @param sequence a number that grows with each entry of a ledger: the order in which they were begun, whatever clocks say
 * @param attempt how often it was claimed
 * @param started when it was begun, for people
 * @param finished when it was completed, for people; null before
 * @param failure why its last attempt failed; null where it did not
 * @param owner who is at it, or was when it died; null where nobody is
 * @param writing whether anything of it may be in a target
 * @param notes what is remembered with it, by name
 */
public record LedgerEntry(
        String id,
        ClaimedWork work,
        long sequence,
        int attempt,
        Instant started,
        @Nullable Instant finished,
        @Nullable String failure,
        @Nullable Owner owner,
        boolean writing,
        Map<String, String> notes) {

    /** Copies the map. */
    public LedgerEntry {
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    }

    /** Work that begins. */
    static LedgerEntry begun(
            String id, ClaimedWork work, long sequence, Instant now, Owner owner, Map<String, String> notes) {
        return new LedgerEntry(id, work, sequence, 1, now, null, null, owner, false, notes);
    }

    /** The same, tried again. */
    LedgerEntry again(Owner by) {
        return new LedgerEntry(id, work, sequence, attempt + 1, started, null, null, by, writing, notes);
    }

    /** The same, of which something may be in a target from now on. */
    LedgerEntry writes() {
        return new LedgerEntry(id, work, sequence, attempt, started, finished, failure, owner, true, notes);
    }

    /** The same, with other notes. */
    LedgerEntry noting(Map<String, String> all) {
        return new LedgerEntry(id, work, sequence, attempt, started, finished, failure, owner, writing, all);
    }

    /** The same, completed. */
    LedgerEntry completed(Instant now) {
        return new LedgerEntry(id, work, sequence, attempt, started, now, null, null, writing, notes);
    }

    /** The same, failed. */
    LedgerEntry failed(String why) {
        return new LedgerEntry(id, work, sequence, attempt, started, null, why, null, writing, notes);
    }

    /** Returns whether it was completed. */
    public boolean done() {
        return finished != null;
    }

    /** Returns who is at it, or was when it died. */
    public Optional<Owner> claimedBy() {
        return Optional.ofNullable(owner);
    }

    /** Returns what is remembered under a name. */
    public Optional<String> note(String name) {
        return Optional.ofNullable(notes.get(name));
    }
}
