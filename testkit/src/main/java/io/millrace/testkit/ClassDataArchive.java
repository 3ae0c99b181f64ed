package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Classes as a JVM keeps them, for the JVMs that tests start: a third of what it takes to start with Spark is to load and to verify classes. The
 * archive is made by a run of its own, which uses what those JVMs will use. The system property {@value #TRAINING} tells that run's main class
 * and arguments; <code>{folder}</code> in them is a folder for it. Without the property there is no archive.
 */
final class ClassDataArchive {

    static final String TRAINING = "millrace.test.training";

    private static final Path HOME = Path.of("target", "classes-of-children").toAbsolutePath();

    private ClassDataArchive() {}

    /**
     * Returns the options of a JVM that takes its classes from the archive; none where there is no archive, or another JVM is at making it. The
     * first call after a build makes it.
     *
     * @param jars what the class path of that JVM begins with
     */
    static List<String> options(List<String> jars) {
        String training = System.getProperty(TRAINING);
        if (training == null || !inJars()) {
            return List.of();
        }
        Path archive = HOME.resolve(Integer.toHexString(jars.hashCode()) + ".jsa");
        try {
            Files.createDirectories(HOME);
            if (!Files.exists(archive)) {
                make(archive, jars, training);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return Files.exists(archive)
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=error:stderr")
                : List.of();
    }

    /** Whether this build makes jars ({@code mvn test} does not): an archive is not of classes in folders. */
    private static boolean inJars() {
        return ClassDataArchive.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()
                .endsWith(".jar");
    }

    private static void make(Path archive, List<String> jars, String training) throws IOException {
        Path lock = Path.of(archive + ".lock");
        try {
            Files.createFile(lock);
        } catch (FileAlreadyExistsException another) {
            return;
        }
        Path folder = Files.createTempDirectory("training");
        Path draft = Path.of(archive + ".draft");
        List<String> run = new ArrayList<>(
                List.of(training.replace("{folder}", folder.toString()).split(" ")));
        List<String> command = JavaCommand.with(List.of("-XX:ArchiveClassesAtExit=" + draft), jars, run.remove(0), run);
        Path log = Path.of(archive + ".log");
        try {
            int code = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (code != 0 || !Files.exists(draft)) {
                throw new IllegalStateException(
                        "the training of JVMs for tests failed, with code " + code + ": " + Files.readString(log));
            }
            Files.move(draft, archive);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
