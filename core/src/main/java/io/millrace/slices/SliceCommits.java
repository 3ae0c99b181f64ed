package io.millrace.slices;

import io.millrace.config.MillraceException;
import io.millrace.internal.spark.delta.SmallDeltaTable;
import io.millrace.spi.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Changes to the slices of a pipegraph, made by many threads: one thread of its own commits, and those that come meanwhile share the next commit. Where another
 * process has written a version in between, all changes of the group are made anew to that one.
 */
final class SliceCommits {

    private static final int MOST_TRIES = 1_000;
    private static final Duration GATHERING = Duration.ofMillis(5);
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final SmallDeltaTable table;
    private final String place;
    private final String pipegraph;
    private final Queue<Change<?>> waiting = new ConcurrentLinkedQueue<>();
    private final ThreadPoolExecutor committer;
    private int lastGroup = 1;

    SliceCommits(SmallDeltaTable table, String place, String pipegraph) {
        this.table = table;
        this.place = place;
        this.pipegraph = pipegraph;
        this.committer = new ThreadPoolExecutor(
                1, 1, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), SliceCommits::thread);
        this.committer.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "millrace-slices-committer");
        thread.setDaemon(true);
        return thread;
    }

    /** One thread's change, and what became of it. */
    private static final class Change<T> {

        private final Function<SliceChanges, T> change;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private @Nullable T result;
        private @Nullable RuntimeException failure;

        Change(Function<SliceChanges, T> change) {
            this.change = change;
        }

        /** Makes the change to the slices, or leaves them as they are where it fails. */
        Map<Slice, SliceEntry> apply(Map<Slice, SliceEntry> slices) {
            SliceChanges changes = new SliceChanges(slices);
            result = null;
            failure = null;
            try {
                result = change.apply(changes);
            } catch (RuntimeException refused) {
                failure = refused;
                return slices;
            }
            return changes.changed() ? changes.result() : slices;
        }

        T get() {
            if (failure != null) {
                throw failure;
            }
            if (result == null) {
                throw MillraceException.internal("a change to the slice ledger without a result", null);
            }
            return result;
        }
    }

    List<SliceEntry> read() {
        return List.copyOf(slices(table.read()).values());
    }

    /**
     * Makes a change.
     *
     * @param change may be made several times, each time to what is there then; where it throws, nothing of it is kept
     * @return what the change returned when it was committed; not null
     */
    <T> T update(Function<SliceChanges, T> change) {
        Change<T> mine = new Change<>(change);
        waiting.add(mine);
        committer.execute(this::commitAll);
        mine.ended.join();
        return mine.get();
    }

    /** Where there were several last time, each of them is likely to ask again at once, and is waited for a moment. */
    private void commitAll() {
        if (waiting.isEmpty()) { // somebody else's turn took it along
            return;
        }
        if (lastGroup > 1) {
            LockSupport.parkNanos(GATHERING.toNanos());
        }
        List<Change<?>> group = new ArrayList<>();
        for (Change<?> next = waiting.poll(); next != null; next = waiting.poll()) {
            group.add(next);
        }
        lastGroup = group.size();
        try {
            commit(group);
        } catch (Throwable failed) { // whatever it is, each of them has to hear of it
            RuntimeException failure = failed instanceof RuntimeException known
                    ? known
                    : MillraceException.internal("the slice ledger in " + place + " cannot be written", failed);
            group.forEach(each -> each.failure = failure);
        } finally {
            group.forEach(each -> each.ended.complete(null));
        }
    }

    private void commit(List<Change<?>> group) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            SmallDeltaTable.Version now = table.read();
            Map<Slice, SliceEntry> before = slices(now);
            Map<Slice, SliceEntry> after = before;
            for (Change<?> each : group) {
                after = each.apply(after);
            }
            if (after == before || table.replace(now, rows(now, after))) {
                return;
            }
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(1, 50)));
        }
        throw MillraceException.external(
                "the slice ledger in " + place + " was changed by others " + MOST_TRIES
                        + " times while this process tried to change it",
                null);
    }

    private Map<Slice, SliceEntry> slices(SmallDeltaTable.Version version) {
        Map<Slice, SliceEntry> slices = new LinkedHashMap<>();
        for (Row row : version.rows()) {
            if (SliceRows.isOf(pipegraph, row)) {
                SliceEntry entry = SliceRows.entry(row, place);
                slices.put(entry.slice(), entry);
            }
        }
        return slices;
    }

    private List<Row> rows(SmallDeltaTable.Version before, Map<Slice, SliceEntry> slices) {
        List<Row> rows = new ArrayList<>();
        before.rows().stream().filter(row -> !SliceRows.isOf(pipegraph, row)).forEach(rows::add);
        slices.values().forEach(entry -> rows.add(SliceRows.row(pipegraph, entry)));
        return rows;
    }
}
