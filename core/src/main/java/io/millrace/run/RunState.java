package io.millrace.run;

import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.state.StateFolder;
import io.millrace.plan.PipegraphPlan;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * What a pipegraph remembers from run to run.
 *
 * @param folder its state folder; empty where it has none
 * @param ledger the ledger of its runs and streams, in that folder
 */
record RunState(Optional<StateFolder> folder, Optional<Ledger> ledger) {

    static RunState of(SparkSession session, PipegraphPlan plan) {
        Optional<StateFolder> folder = plan.pipegraph().state().map(path -> new StateFolder(session, path));
        return new RunState(
                folder,
                folder.map(state -> Ledger.ofPipegraph(state, plan.pipegraph().name())));
    }
}
