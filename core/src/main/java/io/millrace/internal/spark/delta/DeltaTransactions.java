package io.millrace.internal.spark.delta;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The transactions that a version of a Delta table remembers: for each query the number of its last batch. */
final class DeltaTransactions {

    private static final int SHORT_LOG = 20;

    private DeltaTransactions() {}

    /**
     * Returns the numbers by query.
     *
     * <p>Delta keeps them beside most versions. Where it does not, a short log is read here: Delta would start a job of many tasks for it, which a
     * new table would make its first batch wait for.
     */
    static Map<String, Long> of(DeltaLog log, Snapshot snapshot) throws IOException {
        Option<Seq<SetTransaction>> known = snapshot.checksumOpt().isDefined()
                ? snapshot.checksumOpt().get().setTransactions()
                : Option.empty();
        if (known.isEmpty() && snapshot.version() < SHORT_LOG) {
            Optional<Map<String, Long>> logged = inLog(log, snapshot.version());
            if (logged.isPresent()) {
                return logged.get();
            }
        }
        Map<String, Long> last = new HashMap<>();
        for (SetTransaction transaction :
                CollectionConverters.asJava(known.isDefined() ? known.get() : snapshot.setTransactions())) {
            last.put(transaction.appId(), transaction.version());
        }
        return last;
    }

    /** Reads the log up to a version; empty where its beginning is cleaned away. */
    private static Optional<Map<String, Long>> inLog(DeltaLog log, long newest) throws IOException {
        Map<String, Long> last = new HashMap<>();
        DeltaLogFiles files = DeltaLogFiles.of(log);
        try {
            for (long version = 0; version <= newest; version++) {
                for (JsonNode transaction : files.actions(version, "txn")) {
                    last.put(
                            transaction.path("appId").asText(),
                            transaction.path("version").asLong());
                }
            }
            return Optional.of(last);
        } catch (FileNotFoundException cleaned) {
            return Optional.empty();
        }
    }
}
