package io.millrace.workflow.flare;

import io.millrace.config.YamlReader;
import io.millrace.workflow.LoadedWorkflow;
import io.millrace.workflow.WorkflowFormat;
import io.millrace.workflow.WorkflowSettings;
import java.nio.file.Path;
import java.util.Locale;

/** Workflows in YAML, as Flare runs them. Their addresses are those of the depots that stand beside the file. */
public final class FlareWorkflows implements WorkflowFormat {

    /** Needs nothing. */
    public FlareWorkflows() {}

    @Override
    public boolean reads(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    @Override
    public boolean isWorkflow(Path file) {
        return YamlReader.read(file).stream()
                .anyMatch(document -> document.tree().has("workflow"));
    }

    @Override
    public LoadedWorkflow load(Path file, WorkflowSettings settings) {
        return FlareLoader.load(file, settings.depots());
    }
}
