package io.millrace.flare.internal.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.dataset.Dataset;
import io.millrace.flare.internal.dataset.ModelDraft;
import io.millrace.flare.internal.depot.Depot;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.model.TableAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads jobs that name the version of a table which is the current one. What they ask an image to do is done without it. */
final class SetVersionReader {

    private static final String ACTION = "set_version";
    private static final String KNOWN =
            "of stack alpha only \"dataset set-metadata --address A --version latest\" is known";
    private static final Map<String, String> SHORT = Map.of("a", "address", "v", "version");

    private SetVersionReader() {}

    /** {@code toolbox: { dataset, action: { name: set_version, value } }}. */
    static JobBody toolbox(ConfigSection toolbox, PipegraphDraft draft, FlareDocument text) {
        Optional<Dataset> dataset = Dataset.decode(toolbox, "dataset", Optional.empty(), text);
        ConfigSection action = toolbox.section("action");
        String name = action.string("name");
        if (!name.isEmpty() && !name.equals(ACTION)) {
            action.problem("name", "unknown action \"" + name + "\"; known: " + ACTION);
        }
        String version = action.string("value");
        action.build(() -> action);
        return body(dataset, toolbox, "dataset", version, draft);
    }

    /** {@code alpha: { arguments: [dataset, set-metadata, --address, A, --version, V] }}. */
    static JobBody tool(ConfigSection alpha, PipegraphDraft draft, FlareDocument text) {
        text.ignore(alpha, "no image is run; what the tool would do is done here", "image", "command");
        text.ignore(alpha, "it is for the cluster", "replicas", "resources", "envs", "secretsRef");
        List<String> arguments = alpha.strings("arguments");
        if (!alpha.has("arguments")) {
            alpha.problem("arguments", "is missing; " + KNOWN);
            return draft.body(List.of());
        }
        Optional<Map<String, String>> options = options(arguments, alpha);
        if (options.isEmpty()) {
            return draft.body(List.of());
        }
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        options.get().forEach(named::put);
        ConfigSection given = ConfigSection.at(alpha.path("arguments"), named, text.sources(), text.problems());
        Optional<Dataset> dataset = Dataset.decode(given, "address", Optional.empty(), text);
        String version = given.string("version");
        given.build(() -> given);
        return body(dataset, alpha, "arguments", version, draft);
    }

    private static JobBody body(
            Optional<Dataset> dataset, ConfigSection section, String key, String version, PipegraphDraft draft) {
        if (dataset.isEmpty() || version.isEmpty()) {
            return draft.body(List.of());
        }
        if (!(dataset.get().depot() instanceof Depot.Iceberg iceberg)) {
            section.problem(
                    key,
                    "only a table of an Iceberg depot has versions, and "
                            + dataset.get().depot().name() + " is of kind "
                            + dataset.get().depot().kind());
            return draft.body(List.of());
        }
        String model = draft.model(
                dataset.get().address().words(),
                iceberg,
                new ModelDraft(dataset.get().value()),
                section.path(key));
        draft.placeAction(0, section.path(key), List.of());
        ObjectNode options = JsonNodeFactory.instance.objectNode().put("version", version);
        return draft.body(List.of(new TableAction(ACTION, model, options)));
    }

    private static Optional<Map<String, String>> options(List<String> arguments, ConfigSection alpha) {
        if (arguments.size() < 2
                || !arguments.get(0).equals("dataset")
                || !arguments.get(1).equals("set-metadata")) {
            alpha.problem("arguments", "are of another command; " + KNOWN);
            return Optional.empty();
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 2; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String name = argument.replaceFirst("^--?", "").replaceFirst("=.*", "");
            int value = argument.indexOf('=');
            if (!argument.startsWith("-") || (value < 0 && i + 1 == arguments.size())) {
                alpha.problem("arguments", "\"" + argument + "\" is no option with a value; " + KNOWN);
                return Optional.empty();
            }
            options.put(SHORT.getOrDefault(name, name), value < 0 ? arguments.get(++i) : argument.substring(value + 1));
        }
        return Optional.of(options);
    }
}
