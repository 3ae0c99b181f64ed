package io.millrace.continuousupdate;

import io.delta.tables.DeltaTable;
import io.millrace.internal.spark.delta.DeltaCommits;
import io.millrace.parallelwrite.ColdTarget;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Where a Delta table is.
 *
 * @param name the table's, for messages
 * @param location its folder
 * @param storage settings that open the place; may hold secrets
 */
record DeltaPlace(String name, String location, Map<String, String> storage) {

    static DeltaPlace of(ColdTarget cold) {
        return new DeltaPlace("entity " + cold.entity(), cold.location(), cold.storageOptions());
    }

    DeltaTable table(SparkSession session) {
        return DeltaTable.forPath(session, location, storage);
    }

    DeltaCommits commits(SparkSession session) {
        return DeltaCommits.atPath(session, location, storage);
    }

    /** Leaves the storage settings out, and the folder where the name holds it. */
    @Override
    public String toString() {
        return name.endsWith(location) ? name : name + " at " + location;
    }
}
