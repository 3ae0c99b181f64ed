package io.millrace.slices;

import io.millrace.config.MillraceException;
import io.millrace.spi.Slice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lets slices complete one after the other, in an order; those that are not in it need not wait. */
final class SlicesInOrder {

    private final Set<Slice> order;

    SlicesInOrder(List<Slice> order) {
        this.order = new LinkedHashSet<>(order);
    }

    /** Waits until all slices before this one have ended. */
    synchronized void await(Slice slice) {
        try {
            while (order.contains(slice) && !order.iterator().next().equals(slice)) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw MillraceException.internal("interrupted while waiting for other slices", interrupted);
        }
    }

    /** A slice has ended, however. */
    synchronized void ended(Slice slice) {
        order.remove(slice);
        notifyAll();
    }
}
