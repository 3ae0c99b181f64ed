package io.millrace.workflow.flare;

import io.millrace.load.LoadedPipegraph;
import io.millrace.model.TableAction;
import java.util.List;

/** What a job does: a pipegraph, and actions after it. */
record JobBody(LoadedPipegraph pipegraph, List<TableAction> actions) {

    JobBody {
        actions = List.copyOf(actions);
    }
}
