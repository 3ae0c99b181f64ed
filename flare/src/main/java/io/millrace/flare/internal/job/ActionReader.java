package io.millrace.flare.internal.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.flare.internal.depot.Address;
import io.millrace.flare.internal.depot.Depot;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.model.TableAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code actions}: what is done to the tables of inputs. */
final class ActionReader {

    private static final List<String> KNOWN =
            List.of("rewrite_dataset", "rewrite_manifest", "expire_snapshots", "remove_orphans", "delete_from_dataset");

    private ActionReader() {}

    static List<TableAction> read(ConfigSection job, Views views, PipegraphDraft draft, FlareDocument text) {
        List<TableAction> actions = new ArrayList<>();
        for (ConfigSection action : job.sections("actions")) {
            String name = action.string("name");
            if (!name.isEmpty() && !KNOWN.contains(name)) {
                action.problem("name", "unknown action \"" + name + "\"; " + Suggestion.among(name, KNOWN));
            }
            ObjectNode options = action.optionalSection("options")
                    .map(ConfigSection::raw)
                    .map(ObjectNode::deepCopy)
                    .orElseGet(JsonNodeFactory.instance::objectNode);
            List<String> keys = new ArrayList<>();
            options.fieldNames().forEachRemaining(keys::add);
            action.optionalString("deleteWhere").ifPresent(where -> options.put("deleteWhere", ofTable(where)));
            if (name.equals("delete_from_dataset") && !options.has("deleteWhere") && !options.has("where")) {
                action.problem("deleteWhere", "is missing; which rows are deleted");
            } else if (action.has("deleteWhere") && !name.equals("delete_from_dataset")) {
                action.problem("deleteWhere", "is for delete_from_dataset only");
            }
            Optional<String> model = table(action, views);
            int index = actions.size();
            action.build(() -> action);
            model.filter(each -> !name.isEmpty()).ifPresent(each -> {
                draft.placeAction(index, action.path(), keys);
                actions.add(new TableAction(name, each, options));
            });
        }
        return actions;
    }

    /** The original calls the table {@code target}. */
    private static String ofTable(String where) {
        return where.replaceAll("(?i)(?<![\\w.])target\\s*\\.\\s*", "");
    }

    private static Optional<String> table(ConfigSection action, Views views) {
        String name = action.string("input");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<InputView> input =
                views.find(name).filter(InputView.class::isInstance).map(InputView.class::cast);
        if (input.isEmpty()) {
            List<String> inputs = views.inputs().stream().map(InputView::name).toList();
            action.problem("input", "no input is named \"" + name + "\"; " + Suggestion.among(name, inputs));
            return Optional.empty();
        }
        Depot depot = input.get().depot();
        if (depot != null && !(depot instanceof Depot.Iceberg)) {
            action.problem(
                    "input",
                    "only a table of an Iceberg depot can be acted on, and " + depot.name() + " is of kind "
                            + depot.kind());
            return Optional.empty();
        }
        if (input.get().access() == Address.Access.READ) {
            action.problem("input", "must not be changed: acl=r of its address is for reading; write ?acl=rw");
        }
        return input.map(InputView::model);
    }
}
