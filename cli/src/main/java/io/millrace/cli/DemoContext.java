package io.millrace.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a demo works with. */
public interface DemoContext {

    /** Returns the folder of the example. */
    Path example();

    /** Returns a folder of its own for data; it stays when the demo ends, so that the user can look at it. */
    Path work();

    /** Tells the user something, as a paragraph. */
    void say(String text);

    /**
     * Shows a command as the user would type it, and runs it in this process, on the session all commands share.
     *
     * @throws io.millrace.config.MillraceException where the command does not end well; what was wrong is on the screen by then
     */
    void millrace(String... arguments);

    /**
     * Does the same with values set over the command's file, each as {@code path=value}.
     *
     * @throws io.millrace.config.MillraceException where the command does not end well
     */
    default void millrace(List<String> set, String... arguments) {
        millrace(Stream.concat(Stream.of(arguments), set.stream().flatMap(value -> Stream.of("--set", value)))
                .toArray(String[]::new));
    }

    /** Returns the demo's only further argument, such as a size; empty where none is given. */
    Optional<String> argument();
}
