package io.millrace.testkit;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command line of a JVM that a test starts. It has this JVM's class path, system properties and options, apart from the heap, and takes its
 * classes from a {@link ClassDataArchive} where there is one. Jars come first in its class path, folders after them: an archive is of jars only.
 */
public final class JavaCommand {

    private static final String HEAP = "-Xmx1g";

    /** Only Spark's MLlib needs it, and no archive is valid beside it. */
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    private JavaCommand() {}

    /**
     * Returns a command.
     *
     * @param options of the JVM, besides those of this one; of two settings of one property the last counts
     * @param main the main class
     */
    public static List<String> of(List<String> options, String main, List<String> arguments) {
        List<String> jars = classPath().filter(entry -> entry.endsWith(".jar")).toList();
        List<String> folders =
                classPath().filter(entry -> !entry.endsWith(".jar")).toList();
        List<String> own = new ArrayList<>(ClassDataArchive.options(jars));
        own.addAll(options);
        return with(own, Stream.concat(jars.stream(), folders.stream()).toList(), main, arguments);
    }

    static List<String> with(List<String> options, List<String> classPath, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Xmx") && !option.startsWith("-agent") && !option.equals(VECTORS))
                .forEach(command::add);
        command.add(HEAP);
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
        command.addAll(arguments);
        return command;
    }

    private static Stream<String> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }
}
