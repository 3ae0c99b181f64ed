package io.millrace.cli.internal.demo;

import io.millrace.cli.Demo;
import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.HelpOptions;
import io.millrace.config.MillraceException;
import io.millrace.config.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "demo", description = "Show an example at work, on this machine; nothing has to be installed.")
public final class DemoCommand implements Runnable {

    private final CommandEnvironment environment;
    private final Function<List<String>, ExitCode> commands;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "EXAMPLE",
            defaultValue = "quickstart",
            description = "A folder of examples/; quickstart, if none is named.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String example;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ARGUMENT", description = "What the example's README says.")
    private @Nullable String argument;

    @Option(names = "--list", description = "List the examples.")
    private boolean list;

    @ArgGroup
    private final Place place = new Place();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli and CommandLineRunner read them
    private final HelpOptions help = new HelpOptions();

    /** Where the data goes. */
    static final class Place {

        @Option(
                names = "--into",
                paramLabel = "DIR",
                description =
                        "Where its data goes: a folder that is empty or not there, or that of an earlier call of a demo that continues;"
                                + " without it, .millrace/demo/EXAMPLE.")
        private @Nullable Path into;

        @Option(
                names = "--clean",
                description = "Begin anew, where the demo would continue what an earlier call began.")
        private boolean clean;
    }

    /** The command, which runs others by {@code commands}. */
    public DemoCommand(CommandEnvironment environment, Function<List<String>, ExitCode> commands) {
        this.environment = environment;
        this.commands = commands;
    }

    @Override
    public void run() {
        try {
            Path examples = examples();
            List<String> names = names(examples);
            if (list) {
                names.forEach(environment.terminal().out()::println);
                return;
            }
            if (!names.contains(example)) {
                throw MillraceException.user(
                        "no example is named \"" + example + "\"; " + Suggestion.among(example, names));
            }
            Path folder = examples.resolve(example);
            Demo demo = demo().orElseGet(() -> new PipegraphDemo(example));
            DemoTour tour = new DemoTour(environment, commands, folder, work(demo), Optional.ofNullable(argument));
            demo.run(tour);
            tour.end();
        } catch (MillraceException ours) {
            throw ours;
        } catch (IOException failed) {
            throw MillraceException.external("the example cannot be run: " + failed, failed);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw MillraceException.plugin("the demo of " + example + " failed: " + failed, failed);
        }
    }

    private Path examples() {
        @Nullable Path home = environment.home();
        if (home == null) {
            throw MillraceException.user("the examples are found by the launcher: run ./millrace demo in a checkout");
        }
        Path examples = home.resolve("examples");
        Path here = Path.of("").toAbsolutePath();
        return examples.startsWith(here) ? here.relativize(examples) : examples;
    }

    /** Those with a tour of their own, and those with a pipegraph, which have the tour of a pipegraph. */
    private static List<String> names(Path examples) throws IOException {
        Set<String> tours = tours().map(Demo::name).collect(Collectors.toSet());
        try (Stream<Path> folders = Files.list(examples)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pipegraph.conf"))
                            || tours.contains(folder.getFileName().toString()))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** The demo's own folder is emptied where it is to begin anew; one that the user names never is. */
    private Path work(Demo demo) throws IOException {
        if (place.into == null) {
            Path own = Path.of(".millrace", "demo", example);
            if (place.clean || !demo.continues()) {
                delete(own);
            }
            Files.createDirectories(own); // returns an absolute path; people are shown this one
            return own;
        }
        Files.createDirectories(place.into);
        try (Stream<Path> content = Files.list(place.into)) {
            if (!demo.continues() && content.findAny().isPresent()) {
                throw MillraceException.user(
                        "--into " + place.into + " is not empty; name a folder that is, or a new one");
            }
        }
        return place.into;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> content;
            try (Stream<Path> walk = Files.walk(folder)) {
                content = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : content) {
                Files.delete(path);
            }
        }
    }

    private Optional<Demo> demo() {
        return tours().filter(demo -> demo.name().equals(example)).findFirst();
    }

    private static Stream<Demo> tours() {
        return ServiceLoader.load(Demo.class).stream().map(ServiceLoader.Provider::get);
    }
}
