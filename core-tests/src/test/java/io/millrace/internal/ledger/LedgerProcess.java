package io.millrace.internal.ledger;

import io.millrace.internal.spark.Sessions;
import io.millrace.internal.state.StateFolder;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** A process that claims work and is killed with it, or that claims and completes one piece after another. */
final class LedgerProcess {

    private LedgerProcess() {}

    /** Arguments: folder, {@code claims}, {@code writes} or {@code counts}, and for the last of them how many. */
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        SparkSession session =
                MillraceSession.builder(folder.resolve("warehouse")).getOrCreate();
        Ledger ledger = ledger(session, folder);
        if (arguments[1].equals("counts")) {
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                String id = ProcessHandle.current().pid() + "-" + i;
                ledger.claim(new ClaimedWork(ClaimedWork.Kind.REPLAY, id), before -> new Ledger.Choice(id))
                        .complete();
            }
            System.out.println("counted");
            return;
        }
        Claim claim = ledger.claim(LedgerIT.ALL, before -> new Ledger.Choice("run-killed"));
        if (arguments[1].equals("writes")) {
            claim.note("upto", "17");
            claim.writes();
        }
        System.out.println("claimed");
        Thread.currentThread().join();
    }

    static Ledger ledger(SparkSession session, Path folder) {
        return Ledger.ofPipegraph(
                new StateFolder(
                        Sessions.beside(session), folder.resolve("state").toString()),
                "orders");
    }
}
