package io.millrace.docs;

import io.millrace.cli.CommandShell;
import io.millrace.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A checkout of the repository with nothing but the examples, in which commands are run as a reader would type them. The first commands have a JVM of
 * their own each, as a reader's have; the others share one, and its Spark, because most of a short command is its beginning.
 */
final class Checkout implements AutoCloseable {

    private static final int OWN_JVMS = 2;
    private static final int MINUTES = 5;

    /** What needs a Spark of its own: a metastore, or an example that has a main class. */
    private static final Set<String> OWN_SPARK = Set.of("--metastore", "demo");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private final Path folder;
    private final Path out;
    private final Path err;
    private int commands;
    private @Nullable Process shell;

    /** What a command did. */
    record Outcome(int code, List<String> out, String err) {}

    private Checkout(Path folder) {
        this.folder = folder;
        this.out = folder.resolve("tmp/out");
        this.err = folder.resolve("tmp/err");
    }

    static Checkout in(Path folder) throws IOException {
        Path examples = Page.REPOSITORY.resolve("examples");
        try (Stream<Path> there = Files.list(examples)) {
            for (Path example : there.toList()) {
                String name = example.getFileName().toString();
                if (!name.equals("src") && !name.equals("target")) { // where other tests are at work
                    copy(example, folder.resolve("examples").resolve(name));
                }
            }
        }
        Files.createDirectories(folder.resolve("tmp"));
        return new Checkout(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    Path folder() {
        return folder;
    }

    /** Runs {@code ./millrace …}: the same program, without the launcher around it. */
    Outcome millrace(String command) throws IOException, InterruptedException {
        List<String> words = words(command);
        List<String> arguments = words.subList(1, words.size());
        boolean own = commands++ < OWN_JVMS || arguments.stream().anyMatch(OWN_SPARK::contains);
        int code = own ? inItsOwnJvm(arguments) : inTheShell(arguments);
        return new Outcome(
                code, Files.readAllLines(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    private int inItsOwnJvm(List<String> arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(java("io.millrace.cli.Main", arguments))
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(arguments + " did not end; it said\n" + Files.readString(err));
        }
        return process.exitValue();
    }

    private int inTheShell(List<String> arguments) throws IOException {
        if (shell == null) {
            shell = new ProcessBuilder(java(CommandShell.class.getName(), List.of(out.toString(), err.toString())))
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("tmp/shell").toFile())
                    .start();
        }
        shell.outputWriter(StandardCharsets.UTF_8)
                .append(String.join("\t", arguments))
                .append('\n')
                .flush();
        BufferedReader answers = shell.inputReader(StandardCharsets.UTF_8);
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(CommandShell.ENDED)) {
                return Integer.parseInt(line.substring(CommandShell.ENDED.length()));
            }
        }
        throw new AssertionError(arguments + " ended the shell; it said\n"
                + Files.readString(folder.resolve("tmp/shell")) + Files.readString(err));
    }

    private List<String> java(String main, List<String> arguments) {
        return JavaCommand.of(
                List.of("-Djava.io.tmpdir=" + folder.resolve("tmp"), "-Dmillrace.home=" + folder), main, arguments);
    }

    /** Ends the JVM that commands share: its input ends. */
    @Override
    public void close() throws IOException {
        if (shell != null) {
            shell.outputWriter().close();
            try {
                if (!shell.waitFor(MINUTES, TimeUnit.MINUTES)) {
                    shell.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                shell.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Splits a command as a shell does, as far as the documentation makes use of it. */
    static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(Stream.of(word.group(1), word.group(2), word.group(3))
                    .filter(group -> group != null)
                    .findFirst()
                    .orElseThrow());
        }
        return words;
    }
}
