package io.millrace.docs;

import io.millrace.testkit.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A checkout of the repository with nothing but the examples, in which commands are run as a reader would type them. */
record Checkout(Path folder) {

    private static final int MINUTES = 5;
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    /** What a command did. */
    record Outcome(int code, List<String> out, String err) {}

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

    /** Runs {@code ./millrace …}: the same program in a JVM of its own, without the launcher around it. */
    Outcome millrace(String command) throws IOException, InterruptedException {
        List<String> line = JavaCommand.of(
                List.of("-Djava.io.tmpdir=" + folder.resolve("tmp"), "-Dmillrace.home=" + folder),
                "io.millrace.cli.Main",
                words(command).subList(1, words(command).size()));
        Path out = folder.resolve("tmp/out");
        Path err = folder.resolve("tmp/err");
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end; it said\n" + Files.readString(err));
        }
        return new Outcome(
                process.exitValue(),
                Files.readAllLines(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
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
