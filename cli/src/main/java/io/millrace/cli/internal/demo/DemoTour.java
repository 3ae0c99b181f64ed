package io.millrace.cli.internal.demo;

import io.millrace.cli.DemoContext;
import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.terminal.FormattedValues;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.config.MillraceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows what a demo does. */
final class DemoTour implements DemoContext {

    private final CommandEnvironment environment;
    private final Function<List<String>, ExitCode> commands;
    private final Path example;
    private final Path work;
    private final Optional<String> argument;

    DemoTour(
            CommandEnvironment environment,
            Function<List<String>, ExitCode> commands,
            Path example,
            Path work,
            Optional<String> argument) {
        this.environment = environment;
        this.commands = commands;
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
        environment.terminal().out().println(text);
        environment.terminal().out().println();
    }

    @Override
    public void millrace(String... arguments) {
        Terminal terminal = environment.terminal();
        String command = Stream.of(arguments).map(FormattedValues::argument).collect(Collectors.joining(" "));
        terminal.out().println(terminal.style().strong("$ millrace " + command));
        ExitCode code = commands.apply(List.of(arguments));
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
