package io.millrace.iceberg.internal.commit;

import io.millrace.iceberg.internal.table.WriteKind;
import io.millrace.internal.commit.CommitRetries;
import io.millrace.spi.BatchId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.jspecify.annotations.Nullable;

/**
 * Batches of several jobs on their way into one table. One thread at a time commits all that wait, as one snapshot; what arrives meanwhile waits
 * for the next one. The thread is nobody's job's, so that a job that is stopped takes no other with it. Thread-safe.
 */
final class CommitQueue {

    private final Executor committers;
    private final List<Joining> waiting = new ArrayList<>();
    private boolean atWork;
    private int committing;

    /**
     * What came of a batch's part in a commit.
     *
     * @param batches how many shared the commit
     * @param failure null where it came back well
     */
    record Outcome(int batches, @Nullable RuntimeException failure, boolean byOthers) {}

    private record Joining(
            TableCommit.Part part,
            Table table,
            @Nullable String branch,
            CommitRetries retries,
            CompletableFuture<Outcome> outcome) {}

    CommitQueue(Executor committers) {
        this.committers = committers;
    }

    /**
     * Has a batch committed, together with others that wait. Returns when it is, or when its commit has failed.
     *
     * @param table not to be used by others meanwhile
     * @throws CancellationException where this thread was interrupted while the batch waited, or the application has ended; the batch is not
     *     committed then, and never will be
     */
    Outcome commit(TableCommit.Part part, Table table, @Nullable String branch, CommitRetries retries) {
        Joining joining = new Joining(part, table, branch, retries, new CompletableFuture<>());
        add(joining);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return joining.outcome.get();
                } catch (InterruptedException stop) {
                    interrupted = true;
                    if (remove(joining)) {
                        throw new CancellationException("interrupted while it waited for a commit");
                    }
                } catch (ExecutionException impossible) {
                    throw new IllegalStateException("a commit ends with an outcome", impossible);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns how many batches wait that nobody commits yet. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Returns how many batches a thread has taken that it has not committed yet. */
    synchronized int committing() {
        return committing;
    }

    private synchronized void add(Joining joining) {
        if (!atWork) {
            try {
                committers.execute(this::work);
            } catch (RejectedExecutionException ended) {
                CancellationException cancelled = new CancellationException("the application has ended");
                cancelled.initCause(ended);
                throw cancelled;
            }
            atWork = true;
        }
        waiting.add(joining);
    }

    private synchronized boolean remove(Joining joining) {
        return waiting.remove(joining);
    }

    private void work() {
        for (List<Joining> group = next(); !group.isEmpty(); group = next()) {
            commit(group);
        }
    }

    /** Takes what waits, but of two attempts at one batch only the first: the other one will find the batch in the table. */
    private synchronized List<Joining> next() {
        Set<BatchId> taken = new HashSet<>();
        List<Joining> group = new ArrayList<>();
        for (Joining joining : waiting) {
            if (taken.add(joining.part.batch())) {
                group.add(joining);
            }
        }
        waiting.removeAll(group);
        committing = group.size();
        atWork = committing > 0;
        return group;
    }

    private static void commit(List<Joining> group) {
        List<Joining> left = new ArrayList<>(group);
        while (!left.isEmpty()) {
            Joining first = left.get(0);
            TableCommit commit = new TableCommit(
                    first.table,
                    first.branch,
                    WriteKind.APPEND,
                    first.retries,
                    left.stream().map(Joining::part).toList());
            try {
                commit.run();
                end(left, new Outcome(left.size(), null, false));
                return;
            } catch (RuntimeException failed) {
                List<Joining> there = left.stream()
                        .filter(joining -> commit.foundThere().contains(joining.part.batch()))
                        .toList();
                end(there, new Outcome(left.size(), failed, true));
                left.removeAll(there);
                if (there.isEmpty()) {
                    endFailed(left, failed);
                    return;
                }
            } catch (Error broken) {
                end(left, new Outcome(left.size(), new IllegalStateException(broken), false));
                return;
            }
        }
    }

    /** One of the batches may be what the commit fails at: each is tried alone, so that it harms no other. */
    private static void endFailed(List<Joining> group, RuntimeException failed) {
        boolean ofNone = failed instanceof CommitFailedException || failed instanceof CommitStateUnknownException;
        if (group.size() == 1 || ofNone) {
            end(group, new Outcome(group.size(), failed, false));
        } else {
            group.forEach(joining -> commit(List.of(joining)));
        }
    }

    private static void end(List<Joining> group, Outcome outcome) {
        group.forEach(joining -> joining.outcome.complete(outcome));
    }
}
