package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.internal.command.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {

    @Test
    void suggestsACommand(@TempDir Path folder) {
        assertThat(CliRun.of(folder, "chek", "a.conf"))
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                "",
                                "error: unknown command \"chek\"; did you mean \"check\"? (known: backup, check, compact, demo, describe, dlq, job-manager, late-data, plan, replay, run, slices, sql, submit, workflow)\n"));
    }

    @Test
    void suggestsAnOption(@TempDir Path folder) {
        assertThat(CliRun.of(folder, "check", "a.conf", "--jsom"))
                .isEqualTo(new CliRun(
                        ExitCode.USER,
                        "",
                        "error: unknown option --jsom; did you mean \"--json\"? (known: --help, --json, --set, --stacktrace, -h); "
                                + "see millrace check --help\n"));
    }

    @Test
    void asksForTheFile(@TempDir Path folder) {
        assertThat(CliRun.of(folder, "plan"))
                .isEqualTo(new CliRun(
                        ExitCode.USER, "", "error: Missing required parameter: 'FILE'; see millrace plan --help\n"));
    }

    @Test
    void refusesAFileThatIsNotThere(@TempDir Path folder) {
        Path absent = folder.resolve("absent.conf");

        assertThat(CliRun.of(folder, "check", absent.toString()))
                .isEqualTo(new CliRun(ExitCode.USER, "", "error: " + absent + ": no such file\n"));
    }

    @Test
    void reportsMisuseToPrograms(@TempDir Path folder) {
        assertThat(CliRun.of(folder, "plan", "--json"))
                .isEqualTo(new CliRun(
                        ExitCode.USER,
                        "{\"type\":\"failure\",\"kind\":\"user\",\"exit_code\":2,"
                                + "\"message\":\"Missing required parameter: 'FILE'; see millrace plan --help\"}\n",
                        ""));
    }

    @Test
    void showsItsUseWhereNoCommandIsGiven(@TempDir Path folder) {
        CliRun run = CliRun.of(folder);

        assertThat(run.code()).isEqualTo(ExitCode.USER);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("Usage: millrace [-hV] COMMAND\nData pipelines on Apache Spark.\n")
                .contains("Commands:\n  check        Find everything");
    }

    @Test
    void showsTheUseOfACommand(@TempDir Path folder) {
        CliRun run = CliRun.of(folder, "describe", "--help");

        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .isEqualTo(
                        """
                        Usage: millrace describe [-h] [--json] [--stacktrace] [PRODUCT]
                        Show what a product is, and every setting of its models.
                              [PRODUCT]      Such as parallelWrite or files; without it, all products.
                          -h, --help         Show this help.
                              --json         Write for a program: one JSON object per line.
                              --stacktrace   Show the stack trace of a failure.
                        """);
    }
}
