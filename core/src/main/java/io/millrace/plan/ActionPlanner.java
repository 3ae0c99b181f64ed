package io.millrace.plan;

import io.millrace.config.AllowedWords;
import io.millrace.config.ConfigPath;
import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.model.TableAction;
import io.millrace.spi.Sink;
import io.millrace.spi.SupportsTableActions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans what is done to tables as a whole. */
final class ActionPlanner {

    private final String pipegraph;
    private final Models models;
    private final PlanNotes notes;

    /** For the actions of one pipegraph. */
    ActionPlanner(String pipegraph, Models models, PlanNotes notes) {
        this.pipegraph = pipegraph;
        this.models = models;
        this.notes = notes;
    }

    /**
     * Returns the plans; one that is missing because of a problem is noted.
     *
     * @param paths where each of the actions is written
     */
    List<PlannedAction> plan(List<TableAction> actions, List<String> paths) {
        List<PlannedAction> planned = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            plan(actions.get(i), paths.get(i)).ifPresent(planned::add);
        }
        return planned;
    }

    private Optional<PlannedAction> plan(TableAction action, String at) {
        String model = ConfigPath.child(at, "model");
        Optional<? extends Sink> sink = models.sink(OutputUse.none(pipegraph, action.model()), model);
        if (sink.isEmpty()) {
            return Optional.empty();
        }
        if (!(sink.get() instanceof SupportsTableActions table)) {
            notes.problem(
                    model,
                    "nothing can be done to \"" + action.model() + "\" as a whole: its product has no table actions");
            return Optional.empty();
        }
        Optional<String> name = AllowedWords.of(table.tableActions()).find(action.name());
        if (name.isEmpty()) {
            notes.problem(
                    ConfigPath.child(at, "name"),
                    "unknown action \"" + action.name() + "\"; "
                            + Suggestion.among(action.name(), table.tableActions()));
            return Optional.empty();
        }
        ConfigSection options = ConfigSection.at(
                ConfigPath.child(at, "options"),
                action.options(),
                notes.document().sources(),
                notes.problems());
        return table.tableAction(name.get(), options)
                .map(work -> new PlannedAction(action, sink.get().description(), work));
    }
}
