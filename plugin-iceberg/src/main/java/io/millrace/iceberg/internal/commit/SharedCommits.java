package io.millrace.iceberg.internal.commit;

import io.millrace.iceberg.internal.spark.ApplicationScope;
import io.millrace.iceberg.internal.table.IcebergModel;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.iceberg.Table;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The commits that jobs of one Spark application share: a queue for each table. Thread-safe. */
final class SharedCommits extends SparkListener {

    private final ExecutorService committers = Executors.newCachedThreadPool(SharedCommits::thread);
    private final Map<Place, CommitQueue> queues = new ConcurrentHashMap<>();

    /**
     * Batches that can become one snapshot.
     *
     * @param catalog the same table may be reached through several
     * @param branch null for the main one
     * @param summary properties of the snapshot that its batches ask for
     */
    record Place(String catalog, UUID table, @Nullable String branch, Map<String, String> summary) {}

    private SharedCommits() {}

    /** Returns those of the application that a session belongs to. */
    static SharedCommits of(SparkSession session) {
        return ApplicationScope.one(session.sparkContext(), SharedCommits.class, SharedCommits::new);
    }

    /** Returns the queue of a model's table. */
    CommitQueue queue(IcebergModel model, Table table) {
        Place place = new Place(model.table().catalog(), table.uuid(), model.branch(), model.snapshotProperties());
        return queues.computeIfAbsent(place, another -> new CommitQueue(committers));
    }

    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd end) {
        committers.shutdown();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "millrace-iceberg-commit");
        thread.setDaemon(true);
        return thread;
    }
}
