package io.millrace.workflow;

import io.millrace.config.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Reads workflows, whatever language they are written in. Immutable and thread-safe. */
public final class WorkflowLoader {

    private final List<WorkflowFormat> formats;

    /** A loader of these languages, and of our own for every file that none of them reads; of two that read a file, the first does. */
    WorkflowLoader(List<WorkflowFormat> others) {
        this.formats =
                Stream.concat(others.stream(), Stream.of(new HoconWorkflows())).toList();
    }

    /**
     * Returns a loader of our own language and of those that this thread's context class loader sees.
     *
     * @throws MillraceException of kind PLUGIN where a language is registered but cannot be created
     */
    public static WorkflowLoader ofClassPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader classes = context == null ? WorkflowLoader.class.getClassLoader() : context;
        try {
            return new WorkflowLoader(ServiceLoader.load(WorkflowFormat.class, classes).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList());
        } catch (ServiceConfigurationError broken) {
            throw MillraceException.plugin("a language of workflows cannot be loaded: " + broken.getMessage(), broken);
        }
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
            List<Path> files = content.filter(Files::isRegularFile).sorted().toList();
            List<Path> found = files.stream()
                    .filter(file -> format(file)
                            .filter(format -> format.isWorkflow(file))
                            .isPresent())
                    .toList();
            if (found.isEmpty()) {
                files.stream()
                        .filter(file -> format(file).isEmpty())
                        .findFirst()
                        .ifPresent(file -> {
                            throw unread(file);
                        });
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
     * @throws MillraceException of kind USER where the file is missing or in YAML and no language on the class path reads that, or nothing of it can be understood;
     *     everything else is in {@link LoadedWorkflow#problems()} and in the problems of its jobs
     */
    public LoadedWorkflow load(Path file, WorkflowSettings settings) {
        LoadedWorkflow loaded = format(file).orElseThrow(() -> unread(file)).load(file, settings);
        return settings.state().map(loaded::remembering).orElse(loaded);
    }

    /** Our own language reads every file but those in YAML. */
    private static MillraceException unread(Path file) {
        return MillraceException.user(file + ": nothing on the class path reads workflows in YAML; add the dependency "
                + "io.millrace:millrace-flare, which reads those of Flare");
    }

    private Optional<WorkflowFormat> format(Path file) {
        return formats.stream().filter(format -> format.reads(file)).findFirst();
    }
}
