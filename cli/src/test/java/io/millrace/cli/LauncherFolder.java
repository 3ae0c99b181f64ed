package io.millrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The launcher in a checkout of its own, with nothing in the PATH but the ordinary tools and what a test puts there. Programs a test writes
 * can record their arguments, one per line.
 */
final class LauncherFolder {

    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "cp",
            "cut",
            "dirname",
            "env",
            "find",
            "grep",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "stty",
            "touch");
    private static final String SETTINGS =
            """
            cli_jar='cli/target/cli.jar'
            examples_jar='examples/target/examples.jar'
            spark_core='spark-core_2.13-4.1.1.jar'
            spark_jvm_options='--add-modules=jdk.incubator.vector -Dspark.option=1'
            """;

    private final Path home;
    private final Path programs;
    private final Path tools;
    private final Map<String, String> environment = new LinkedHashMap<>();

    /** What a child process did. */
    record Outcome(int code, String out, String err) {}

    private LauncherFolder(Path folder) {
        this.home = folder.resolve("a checkout");
        this.programs = folder.resolve("programs");
        this.tools = folder.resolve("tools");
    }

    /** A checkout that was never built. */
    static LauncherFolder fresh(Path folder) throws IOException {
        LauncherFolder launcher = new LauncherFolder(folder);
        for (String directory : List.of("cli/src/main", "cli/src/launcher", "core/src/main", "examples")) {
            Files.createDirectories(launcher.home.resolve(directory));
        }
        Files.createDirectories(launcher.programs);
        Files.createDirectories(launcher.tools);
        for (String tool : TOOLS) {
            Files.writeString(launcher.tools.resolve(tool), "#!/bin/sh\nexec " + installed(tool) + " \"$@\"\n");
            executable(launcher.tools.resolve(tool));
        }
        Files.writeString(launcher.home.resolve("pom.xml"), "<project/>");
        Files.copy(Path.of("..", "millrace"), launcher.home.resolve("millrace"));
        executable(launcher.script());
        return launcher;
    }

    /** A checkout that was built, with these entries of the class path besides the two jars of its own and one that demos need. */
    static LauncherFolder built(Path folder, String classPath) throws IOException {
        LauncherFolder launcher = fresh(folder);
        Path built = Files.createDirectories(launcher.home.resolve("cli/target/launcher"));
        Files.writeString(built.resolve("settings.sh"), SETTINGS);
        Files.writeString(built.resolve("classpath"), classPath);
        Files.writeString(
                built.resolve("classpath-hive"), classPath + ":/repository/spark-hive.jar:/repository/derby.jar");
        Files.writeString(launcher.home.resolve("cli/target/cli.jar"), "");
        Path examples = Files.createDirectories(launcher.home.resolve("examples/target/launcher"));
        List<String> jars = List.of(launcher.home + "/cli/target/cli.jar", classPath, launcher.home + "/broker.jar");
        Files.writeString(
                examples.resolve("classpath"),
                jars.stream().filter(jar -> !jar.isEmpty()).collect(Collectors.joining(":")));
        Files.writeString(launcher.home.resolve("broker.jar"), "");
        Files.writeString(launcher.home.resolve("examples/target/examples.jar"), "");
        Files.writeString(built.resolve("check-17.0.10.jsa"), "");
        Files.writeString(built.resolve("run-17.0.10.jsa"), "");
        Files.writeString(built.resolve("done"), "");
        return launcher;
    }

    Path home() {
        return home;
    }

    Path script() {
        return home.resolve("millrace");
    }

    /** Puts a shell script into the PATH. */
    LauncherFolder program(String name, String body) throws IOException {
        script(programs.resolve(name), body);
        return this;
    }

    /** Writes a shell script. */
    static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    /** A Java of that version that otherwise writes its arguments to a file. */
    LauncherFolder java(String version, Path arguments) throws IOException {
        return program(
                "java",
                """
                case $1 in
                  -version) echo 'openjdk version "%s" 2024-01-16' >&2 ;;
                  *) printf '%%s\\n' "$@" >'%s' ;;
                esac
                """
                        .formatted(version, arguments));
    }

    LauncherFolder with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        return run(script(), arguments);
    }

    /** Runs a script that is, or leads to, the launcher; from another folder. */
    Outcome run(Path script, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(programs, "out", "");
        Path err = Files.createTempFile(programs, "err", "");
        Process process = start(script, out, err, arguments);
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the launcher did not end: " + Files.readString(err));
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Process start(Path script, Path out, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(programs.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", programs + ":" + tools);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Path installed(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new UncheckedIOException(new IOException("no " + tool + " in the PATH")));
    }
}
