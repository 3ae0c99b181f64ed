package io.millrace.internal.ledger;

import java.time.Duration;
import java.util.Optional;

/** Where a ledger is kept. Used on the driver, by any thread; several processes may use one place. Every failure is of kind EXTERNAL. */
public interface LedgerStore {

    /** Returns what is noted now. */
    LedgerVersion read();

    /**
     * Writes a version, whole or not at all.
     *
     * @param next made from the version that was read; its number is the next one
     * @return false, with nothing written, where another process or thread has written a version since
     */
    boolean write(LedgerVersion next);

    /** Notes that the owner of a claim lives. */
    void beat(Owner owner);

    /** Forgets the owner of a claim, who holds it no longer. */
    void stopBeating(Owner owner);

    /** Returns how long ago the owner of a claim was last noted to live, by the clock of the storage; empty where it never was, or is forgotten. */
    Optional<Duration> sinceLastBeat(Owner owner);
}
