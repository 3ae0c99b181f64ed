package io.millrace.flare.internal.job;

import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.flare.internal.text.FlareDocument;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code spec}: which stack a job is for, and what that stack is to do. */
public final class SpecReader {

    private static final List<String> STACKS = List.of("flare", "toolbox", "alpha");
    private static final String NEW_CONTAINER = "stackSpec";

    private SpecReader() {}

    /** Reads what a job does; what is wrong is noted. */
    public static JobBody read(ConfigSection spec, PipegraphDraft draft, FlareDocument text) {
        FlareDocument.read(spec, "tags", "title", "description");
        text.ignore(
                spec,
                "it is for the cluster",
                "compute",
                "tier",
                "envs",
                "logLevel",
                "configs",
                "secrets",
                "dataosSecrets",
                "dataosVolumes",
                "tempVolume",
                "persistentVolume",
                "resource",
                "resources",
                "dryRun",
                "runAsApiKey",
                "runAsUser",
                "topology");
        String written = spec.string("stack");
        String stack = written.replaceFirst("[:+].*", "").toLowerCase(Locale.ROOT);
        Optional<ConfigSection> container =
                spec.has(stack) ? spec.optionalSection(stack) : spec.optionalSection(NEW_CONTAINER);
        if (!STACKS.contains(stack)) {
            if (spec.has("stack")) {
                spec.problem("stack", "unknown stack \"" + written + "\"; " + Suggestion.among(stack, STACKS));
            }
            spec.acceptOtherKeys();
            return draft.body(List.of());
        }
        if (container.isEmpty()) {
            if (!spec.has(stack) && !spec.has(NEW_CONTAINER)) {
                spec.problem(
                        stack, "is missing; what stack " + written + " is to do stands in it, or in " + NEW_CONTAINER);
            }
            return draft.body(List.of());
        }
        JobBody body =
                switch (stack) {
                    case "flare" -> JobContentReader.read(container.get(), draft, text);
                    case "toolbox" -> SetVersionReader.toolbox(container.get(), draft, text);
                    default -> SetVersionReader.tool(container.get(), draft, text);
                };
        ConfigSection read = container.get();
        read.build(() -> read);
        return body;
    }
}
