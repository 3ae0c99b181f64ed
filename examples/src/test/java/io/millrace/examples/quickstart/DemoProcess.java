package io.millrace.examples.quickstart;

import io.millrace.cli.Main;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Does what the launcher does for {@code millrace demo}. */
final class DemoProcess {

    private DemoProcess() {}

    public static void main(String[] arguments) {
        System.setProperty(
                "millrace.home", Path.of("..").toAbsolutePath().normalize().toString());
        Main.main(Stream.concat(Stream.of("demo"), Stream.of(arguments)).toArray(String[]::new));
    }
}
