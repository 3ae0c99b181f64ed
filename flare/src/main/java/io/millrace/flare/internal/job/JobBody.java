package io.millrace.flare.internal.job;

import io.millrace.load.LoadedPipegraph;
import io.millrace.model.TableAction;
import java.util.List;
import java.util.Map;

/**
 * What a job does: a pipegraph, and actions after it.
 *
 * @param settings of the session in which it does so
 */
public record JobBody(LoadedPipegraph pipegraph, List<TableAction> actions, Map<String, String> settings) {

    public JobBody {
        actions = List.copyOf(actions);
        settings = Map.copyOf(settings);
    }
}
