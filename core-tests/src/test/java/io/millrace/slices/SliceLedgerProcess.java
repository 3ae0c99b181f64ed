package io.millrace.slices;

import io.millrace.slices.SliceLedger.Pin;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** A process that claims a slice and is killed with it. */
final class SliceLedgerProcess {

    private SliceLedgerProcess() {}

    /** Arguments: the folder in which the ledger is. */
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        SparkSession session =
                MillraceSession.builder(folder.resolve("warehouse")).getOrCreate();
        SliceLedger ledger = SliceLedger.open(session, folder.resolve("slices").toString(), "devices");
        ledger.claim(SliceLedgerIT.day(3), new Pin() {
            @Override
            public String model() {
                return "devices";
            }

            @Override
            public String newest() {
                return "1";
            }

            @Override
            public boolean readable(String version) {
                return true;
            }
        });
        System.out.println("claimed");
        Thread.currentThread().join();
    }
}
