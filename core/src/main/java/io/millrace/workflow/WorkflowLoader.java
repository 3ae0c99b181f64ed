package io.millrace.workflow;

import io.millrace.config.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads workflows, whatever language they are written in. Immutable and thread-safe. */
public final class WorkflowLoader {

    private final List<WorkflowFormat> formats;

    /** A loader of these languages; of two that read a file, the first does. */
    public WorkflowLoader(List<WorkflowFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    /**
     * Returns the workflows that a path names: the file, or those of the files in a folder that are workflows, in the order of their names.
     *
     * @throws MillraceException of kind USER where there is none, or a file of the folder cannot be read
     */
    public List<Path> files(Path fileOrFolder) {
        if (!Files.isDirectory(fileOrFolder)) {
            return List.of(fileOrFolder);
        }
        try (Stream<Path> content = Files.list(fileOrFolder)) {
            List<Path> found = content.filter(Files::isRegularFile)
                    .filter(file -> format(file)
                            .filter(format -> format.isWorkflow(file))
                            .isPresent())
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw MillraceException.user(fileOrFolder + ": no file in this folder is a workflow");
            }
            return found;
        } catch (IOException failed) {
            throw MillraceException.user(fileOrFolder + ": cannot be read: " + failed.getMessage(), failed);
        }
    }

    /**
     * Reads the workflow of a file.
     *
     * @throws MillraceException of kind USER where the file is missing or in no language that is known here, or nothing of it can be understood;
     *     everything else is in {@link LoadedWorkflow#problems()} and in the problems of its jobs
     */
    public LoadedWorkflow load(Path file, WorkflowSettings settings) {
        LoadedWorkflow loaded = format(file)
                .orElseThrow(() -> MillraceException.user(
                        file + ": no language of workflows has files of such a name; known: .conf, .json, .yaml, .yml"))
                .load(file, settings);
        return settings.state().map(loaded::remembering).orElse(loaded);
    }

    private Optional<WorkflowFormat> format(Path file) {
        return formats.stream().filter(format -> format.reads(file)).findFirst();
    }
}
