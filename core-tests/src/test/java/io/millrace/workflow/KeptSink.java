package io.millrace.workflow;

import io.millrace.config.MillraceException;
import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.Delivery;
import io.millrace.spi.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Remembers which batches came and which it has committed, and does something of the test's before it commits one. Thread-safe. */
final class KeptSink implements Sink {

    private final List<BatchId> attempts = new ArrayList<>();
    private final List<BatchId> committed = new ArrayList<>();
    private final Consumer<Batch> before;

    KeptSink(Consumer<Batch> before) {
        this.before = before;
    }

    KeptSink() {
        this(batch -> {});
    }

    @Override
    public String description() {
        return "kept";
    }

    @Override
    public Delivery delivery() {
        return Delivery.EXACTLY_ONCE;
    }

    @Override
    public CommitOutcome write(Batch batch) {
        synchronized (this) {
            attempts.add(batch.id());
            if (committed.contains(batch.id())) {
                return new CommitOutcome.AlreadyCommitted("c" + (committed.indexOf(batch.id()) + 1));
            }
        }
        long rows = batch.data().count();
        try {
            before.accept(batch);
        } catch (MillraceException refused) {
            return new CommitOutcome.Rejected(refused);
        }
        synchronized (this) {
            committed.add(batch.id());
            return new CommitOutcome.Committed("c" + committed.size(), Counts.committed(rows));
        }
    }

    synchronized List<BatchId> attempts() {
        return List.copyOf(attempts);
    }

    synchronized List<BatchId> committed() {
        return List.copyOf(committed);
    }
}
