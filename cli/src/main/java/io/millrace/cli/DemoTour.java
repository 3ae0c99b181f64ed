package io.millrace.cli;

import io.millrace.config.MillraceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows what a demo does. */
final class DemoTour implements DemoContext {

    private final Surroundings surroundings;
    private final Path example;
    private final Path work;
    private final Optional<String> argument;

    DemoTour(Surroundings surroundings, Path example, Path work, Optional<String> argument) {
        this.surroundings = surroundings;
        this.example = example;
        this.work = work;
        this.argument = argument;
    }

    @Override
    public Path example() {
        return example;
    }

    @Override
    public Path work() {
        return work;
    }

    @Override
    public Optional<String> argument() {
        return argument;
    }

    @Override
    public void say(String text) {
        surroundings.terminal().out().println(text);
        surroundings.terminal().out().println();
    }

    @Override
    public void millrace(String... arguments) {
        Terminal terminal = surroundings.terminal();
        String command = Stream.of(arguments).map(Words::argument).collect(Collectors.joining(" "));
        terminal.out().println(terminal.style().strong("$ millrace " + command));
        ExitCode code = new Cli(surroundings).run(List.of(arguments));
        if (code != ExitCode.OK) {
            throw ended(code);
        }
        terminal.out().println();
    }

    /** What was wrong is on the screen by now. */
    private static MillraceException ended(ExitCode code) {
        String message = "the demo ends here, with exit code " + code.number();
        return switch (code) {
            case USER -> MillraceException.user(message);
            case EXTERNAL -> MillraceException.external(message, null);
            case PLUGIN -> MillraceException.plugin(message, null);
            default -> MillraceException.internal(message, null);
        };
    }

    /** Says where everything lies. */
    void end() {
        say("The data of this demo lies in " + work + ". The example is " + example + ": its README says more.");
    }
}
