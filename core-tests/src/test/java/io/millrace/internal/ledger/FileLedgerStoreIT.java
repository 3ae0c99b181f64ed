package io.millrace.internal.ledger;

import io.millrace.internal.state.StateFolder;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

class FileLedgerStoreIT extends LedgerStoreContract {

    @Override
    LedgerStore store(SparkSession given, Path place) {
        return new FileLedgerStore(new StateFolder(given, place.toString()), "pipegraph", "orders");
    }
}
