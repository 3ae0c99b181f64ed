package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.internal.command.ExitCode;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class DemoCommandIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path home;

    @BeforeEach
    void makeExamples(SparkSession session) throws IOException {
        SparkSession.setActiveSession(session);
        example("talking", "");
        example("counting", "");
        example(
                "quiet",
                """
                pipegraph {
                  name = quiet
                  description = "Counts in "${lake}
                  models {
                    numbers { product = counting, value { below = 3 } }
                    gone    { product = drain }
                  }
                  etls = [ { name = all, inputs = { numbers = numbers }, output = gone } ]
                }
                """);
        Files.createDirectories(home.resolve("examples/src"));
    }

    @Test
    void listsTheExamples() {
        assertThat(run("demo", "--list")).isEqualTo(new CliRun(ExitCode.OK, "counting\nquiet\ntalking\n", ""));
    }

    @Test
    void suggestsAnExample() {
        assertThat(run("demo", "talkin"))
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                "",
                                "error: no example is named \"talkin\"; did you mean \"talking\"? (known: counting, quiet, talking)\n"));
    }

    @Test
    void givesTheTourOfAnExample() {
        Path work = home.resolve("work");

        assertThat(run("demo", "talking", "--into", work.toString()))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        Hello, you.

                        $ millrace describe counting
                        counting  Numbers from 0.

                        SETTING          TYPE    DEFAULT
                        below            number  required
                            The numbers end before it.
                        rows-per-second  number  10
                            How fast a stream counts.

                        The data of this demo lies in %s. The example is %s: its README says more.

                        """
                                .formatted(work, shown(home.resolve("examples/talking"))),
                        ""));
    }

    @Test
    void endsWhereACommandFails() {
        CliRun run = run(
                "demo",
                "talking",
                "nothing.conf",
                "--into",
                home.resolve("work").toString());

        assertThat(run)
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                "Hello, nothing.conf.\n\n$ millrace plan nothing.conf\n",
                                """
                        error: nothing.conf: no such file
                        error: the demo ends here, with exit code 2
                        """));
    }

    @Test
    void runsThePipegraphOfAnExampleThatBringsNoTour() {
        Path work = home.resolve("a lake");
        Path example = home.resolve("examples/quiet");
        Path file = example.resolve("pipegraph.conf");

        assertThat(run("demo", "quiet", "--into", work.toString()).withoutTimes())
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        This is what the pipegraph will do.

                        $ millrace plan %1$s --set 'lake=%2$s'
                        pipegraph quiet: Counts in %2$s

                        ETL all (batch)
                          input   numbers            numbers below 3
                          output  gone               into the drain, at least once

                        And now it does it.

                        $ millrace run %1$s --set 'lake=%2$s'
                        all  1 batch in TIME
                          read 3 records from numbers
                          wrote gone: 3 rows committed
                            into the drain
                            gone 3
                        run RUN of pipegraph quiet: done after TIME

                        The data of this demo lies in %2$s. The example is %3$s: its README says more.

                        """
                                .formatted(shown(file), work, shown(example)),
                        ""));
    }

    @Test
    void refusesAFolderThatIsNotEmpty() {
        assertThat(run("demo", "quiet", "--into", home.toString()))
                .isEqualTo(new CliRun(
                        ExitCode.USER,
                        "",
                        "error: --into " + home + " is not empty; name a folder that is, or a new one\n"));
    }

    @Test
    void continuesInTheFolderOfAnEarlierCall() {
        String work = home.resolve("work").toString();

        CliRun first = run("demo", "counting", "--into", work);
        CliRun second = run("demo", "counting", "--into", work);

        assertThat(first.out()).startsWith("Call 1.\n\n");
        assertThat(second.out()).startsWith("Call 2.\n\n");
    }

    @Test
    void emptiesNoFolderThatTheUserNames() {
        CliRun run = run("demo", "counting", "--clean", "--into", home.toString());

        assertThat(run)
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                "",
                                "error: --into=DIR, --clean are mutually exclusive (specify only one); see millrace demo --help\n"));
        assertThat(home.resolve("examples")).exists();
    }

    /** Paths below the folder one is in are shown as such. */
    private static Path shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path) : path;
    }

    private CliRun run(String... arguments) {
        return CliRun.at(home, arguments);
    }

    private void example(String name, String pipegraph) throws IOException {
        Path folder = Files.createDirectories(home.resolve("examples").resolve(name));
        Files.writeString(folder.resolve("pipegraph.conf"), pipegraph);
    }
}
