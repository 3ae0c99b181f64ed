package io.millrace.cli.internal.command;

import io.millrace.config.MillraceException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What executors on other machines need of this process's class path: Millrace, Delta, the connectors, the user's own classes. They have Spark
 * itself, and what every distribution of it brings.
 */
final class ShippedJars {

    private static final Pattern OF_EVERY_SPARK = Pattern.compile("("
            + "spark-(catalyst|common-utils|common-utils-java|connect|connect-shims|core|graphx|hive|kvstore|launcher|mllib|network-common"
            + "|network-shuffle|pipelines|repl|sketch|sql|sql-api|streaming|tags|unsafe|variant)_"
            + "|scala-(library|reflect|compiler)-|hadoop-client-(api|runtime)-|netty-|parquet-|orc-|arrow-|log4j-|curator-|zookeeper-"
            + "|jackson-(core|databind|annotations|module-scala_)|icu4j-|zstd-jni-|snappy-java-|rocksdbjni-|commons-math3-|ivy-|tink-"
            + ").*");

    private ShippedJars() {}

    /** Returns the jars of a class path that are to be shipped; a folder of classes becomes a jar, which is deleted when the process ends. */
    static List<Path> of(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .filter(Files::exists)
                .filter(entry ->
                        !OF_EVERY_SPARK.matcher(entry.getFileName().toString()).matches())
                .map(entry -> Files.isDirectory(entry) ? jar(entry) : entry.toAbsolutePath())
                .toList();
    }

    /** Returns the value of {@code spark.jars} with those the user asks for. */
    static String setting(List<Path> jars, String own) {
        Stream<String> shipped = jars.stream().map(jar -> jar.toUri().toString());
        return Stream.concat(own.isBlank() ? Stream.of() : Stream.of(own), shipped)
                .collect(Collectors.joining(","));
    }

    private static Path jar(Path folder) {
        try {
            Path jar = Files.createTempFile("millrace-classes-", ".jar");
            jar.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out);
                    Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    entries.putNextEntry(
                            new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                    Files.copy(file, entries);
                    entries.closeEntry();
                }
            }
            return jar;
        } catch (IOException failed) {
            throw MillraceException.external(
                    "the classes in " + folder + " cannot be packed for the executors: " + failed.getMessage(), failed);
        }
    }
}
