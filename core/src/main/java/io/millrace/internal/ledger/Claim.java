package io.millrace.internal.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Work that this process is at, until {@link #complete}, {@link #fail} or {@link #release} ends the claim; closing one that was not ended releases it. While it is held a thread says that its
 * owner lives. Thread-safe.
 */
public final class Claim implements AutoCloseable {

    private final Ledger ledger;
    private final OwnerHeartbeat heartbeat;
    private LedgerEntry entry;
    private boolean ended;

    Claim(Ledger ledger, LedgerEntry entry, OwnerHeartbeat heartbeat) {
        this.ledger = ledger;
        this.entry = entry;
        this.heartbeat = heartbeat;
    }

    /** Returns the id of the work. */
    public synchronized String id() {
        return entry.id();
    }

    /** Returns whether something of it may be in a target: it was begun before, or {@link #writes} was called. */
    public synchronized boolean writing() {
        return entry.writing();
    }

    /** Returns what is noted under a name. */
    public synchronized Optional<String> note(String name) {
        return entry.note(name);
    }

    /** Returns all notes. */
    public synchronized Map<String, String> notes() {
        return entry.notes();
    }

    /** Notes something, at once. */
    public synchronized void note(String name, String value) {
        Map<String, String> notes = new LinkedHashMap<>(entry.notes());
        notes.put(name, value);
        entry = ledger.change(entry, mine -> mine.noting(notes));
    }

    /** Notes that something of it may be in a target from now on; to be called before anything is written. */
    public synchronized void writes() {
        if (!entry.writing()) {
            entry = ledger.change(entry, LedgerEntry::writes);
        }
    }

    /** It is done. Work of the same kind and subject that did not finish before it is not looked at any more. */
    public synchronized void complete() {
        end(() -> ledger.complete(entry));
    }

    /** It failed, and something of it may be in a target: it stays until it, or later work of the same kind and subject, is completed. */
    public synchronized void fail(String why) {
        end(() -> ledger.change(entry, mine -> mine.failed(why)));
    }

    /** It is given up, and nothing of it is in a target: it is as if it had never begun. */
    public synchronized void release() {
        end(() -> ledger.release(entry));
    }

    @Override
    public synchronized void close() {
        if (!ended) {
            release();
        }
    }

    private void end(Runnable noted) {
        ended = true;
        try (heartbeat) {
            noted.run();
        }
    }
}
