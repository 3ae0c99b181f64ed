package io.millrace.internal.ledger;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;

@Tag("thorough")
class DeltaLedgerStoreIT extends LedgerStoreContract {

    @Override
    LedgerStore store(SparkSession given, Path place) {
        return new DeltaLedgerStore(given, place.resolve("ledger").toString());
    }
}
