package io.millrace.iceberg.internal.action;

import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How many files an action deletes at a time. */
final class ConcurrentDeletes {

    private ConcurrentDeletes() {}

    /**
     * Does work that deletes files.
     *
     * @param atOnce empty to leave it to Iceberg
     * @param use is given the threads that delete, before the work is done
     */
    static <T> T of(OptionalInt atOnce, Consumer<ExecutorService> use, Supplier<T> work) {
        if (atOnce.isEmpty()) {
            return work.get();
        }
        ExecutorService pool = Executors.newFixedThreadPool(atOnce.getAsInt());
        try {
            use.accept(pool);
            return work.get();
        } finally {
            pool.shutdown();
        }
    }
}
