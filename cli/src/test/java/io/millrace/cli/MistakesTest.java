package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.internal.command.ExitCode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a new user writes who guesses: each file of the folder {@code mistakes} has one mistake, in a setting that people touch first, and the text
 * beside it is what {@code millrace check} says: where it is, what is wrong, and what to write.
 */
class MistakesTest {

    @ParameterizedTest
    @MethodSource
    void isAnsweredWithItsPlaceAndItsRemedy(String mistake, @TempDir Path logs) throws IOException {
        Path file = folder().resolve(mistake + ".conf");

        CliRun run = CliRun.of(logs, "check", file.toString());

        assertThat(run.err().replace(file.toString(), "orders.conf"))
                .isEqualTo(Files.readString(folder().resolve(mistake + ".txt")));
        assertThat(run.code()).isEqualTo(ExitCode.USER);
    }

    static Stream<String> isAnsweredWithItsPlaceAndItsRemedy() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".conf"))
                    .map(name -> name.substring(0, name.length() - ".conf".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Path folder() {
        try {
            return Path.of(MistakesTest.class.getResource("/mistakes").toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
