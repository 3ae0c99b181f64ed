package io.millrace.flare;

import io.millrace.config.ConfigDocument;
import io.millrace.config.YamlReader;
import io.millrace.flare.internal.envelope.FlareLoader;
import io.millrace.workflow.LoadedWorkflow;
import io.millrace.workflow.WorkflowFormat;
import io.millrace.workflow.WorkflowSettings;
import java.nio.file.Path;

/** Workflows in YAML, in the Flare dialect. What their addresses mean is said by the depots of the settings. */
public final class FlareWorkflows implements WorkflowFormat {

    /** Needs nothing. */
    public FlareWorkflows() {}

    @Override
    public boolean reads(Path file) {
        return YamlReader.isYaml(file.toString());
    }

    @Override
    public boolean isWorkflow(Path file) {
        for (ConfigDocument document : YamlReader.read(file)) {
            if (document.tree().path("type").asText("").equals("workflow")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public LoadedWorkflow load(Path file, WorkflowSettings settings) {
        return FlareLoader.load(file, settings.depots());
    }
}
