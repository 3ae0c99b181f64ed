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
class RunCommandIT {

    private static final String PIPEGRAPH =
            """
            failure = none
            pipegraph {
              name = count
              models {
                numbers { product = counting, value { below = 10 } }
                gone    { product = drain, value { fail = ${failure} } }
              }
              etls = [
                { name = even
                  inputs = { numbers = numbers }
                  steps  = [ { name = halves, sql = "SELECT n / 2 AS half FROM numbers WHERE n % 2 = 0" } ]
                  output = gone
                  expectations = [ { name = big, that = "half >= 1", otherwise = drop } ] }
              ]
            }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeEach
    void useTheSession(SparkSession session) {
        SparkSession.setActiveSession(session);
    }

    @Test
    void tellsWhatItDid() throws IOException {
        Path file = write(PIPEGRAPH);

        assertThat(CliRun.of(folder, "run", file.toString()).withoutTimes())
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        even  1 batch in TIME
                          wrote gone: 4 rows committed, 1 dropped
                            into the drain
                            big not met by 1 row
                            gone 4
                        run RUN of pipegraph count: done after TIME
                        """,
                        ""));
    }

    @Test
    void aSliceThatNothingTakesIsRefusedBeforeASessionIsOpened() throws IOException {
        assertThat(CliRun.of(folder, "run", write(PIPEGRAPH).toString(), "--date", "2024-01-03"))
                .isEqualTo(new CliRun(
                        ExitCode.USER,
                        "",
                        "error: ETL even makes no use of the date that the run is asked for, so each run would take all of its input."
                                + " Use :run_date in its SQL, name it in Strategy.sliceParts, or leave --date out\n"));
    }

    @Test
    void tellsProgramsWhatItDid() throws IOException {
        String sliced = PIPEGRAPH.replace(
                "WHERE n % 2 = 0",
                "WHERE n % 2 = 0 AND :run_date = DATE'2024-01-03' AND size(:partitions) = 5 AND :window_start < :window_end");
        CliRun run = CliRun.of(
                folder,
                "run",
                write(sliced).toString(),
                "--json",
                "--date",
                "2024-01-03",
                "--partitions",
                "0,3,8-10",
                "--window",
                "2024-01-01T00/P1D");

        assertThat(run.withoutTimes())
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        {"type":"etl","pipegraph":"count","etl":"even","batches":1,"inputs":[],\
                        "outputs":[{"model":"gone","rows_in":5,"committed":4,"dropped":1,"dead_lettered":0,"stale":0,"collapsed":0,\
                        "replayed_batches":0,"commits":["c1"],"expectations":{"big":1},"details":[{"gone":4}],"warnings":[]}],\
                        "dead_letters":0,"dead_letter_samples":[],"duration_ms":0}
                        {"type":"run","pipegraph":"count","run":"RUN",\
                        "slice":"date=2024-01-03, partitions=0,3,8,9,10, window=2024-01-01T00:00/PT24H","stopped":false,"duration_ms":0}
                        """,
                        ""));
    }

    @Test
    void plansAgainstASession() throws IOException {
        String file = write(PIPEGRAPH).toString();

        assertThat(CliRun.of(folder, "plan", file, "--connect"))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        pipegraph count

                        ETL even (batch)
                          input   numbers            numbers below 10
                          step    halves             SELECT n / 2 AS half FROM numbers WHERE n % 2 = 0
                          expect  big                half >= 1, otherwise drop
                          output  gone               into the drain, at least once

                        ETL even against the tables that are there
                          columns half DOUBLE
                        """,
                        ""));
        assertThat(CliRun.of(folder, "plan", file, "--connect", "--json").out())
                .endsWith(
                        "{\"type\":\"connected\",\"etl\":\"even\",\"columns\":\"half DOUBLE\",\"notes\":[],\"problems\":[],\"unknown\":[]}\n");
    }

    @Test
    void exitsWithTwoWhereTheSessionShowsThatARunWouldFail() throws IOException {
        String file = write(PIPEGRAPH.replace("n / 2 AS half", "m / 2 AS half")).toString();

        CliRun run = CliRun.of(folder, "plan", file, "--connect");

        assertThat(run.code()).isEqualTo(ExitCode.USER);
        assertThat(run.err()).isEqualTo("error: a run would fail: 1 problem\n");
        assertThat(run.out().replace(folder + "/", ""))
                .endsWith(
                        """
                        ETL even against the tables that are there
                          problem: ETL even, step halves: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `m` cannot be resolved. Did you mean one of the following? [`n`]. SQLSTATE: 42703; line 1 pos 7
                            count.conf:11:49  pipegraph.etls[0].steps[0].sql
                              SELECT m / 2 AS half FROM numbers WHERE n % 2 = 0
                                     ^
                        """);
    }

    @Test
    void showsTheSqlThatFailed() throws IOException {
        String file = write(PIPEGRAPH.replace("n / 2 AS half", "10 / (n - 4) AS half"))
                .toString();

        CliRun run = CliRun.of(folder, "run", file);

        assertThat(run.code()).isEqualTo(ExitCode.USER);
        assertThat(run.err().replace(folder + "/", ""))
                .contains(
                        """
                        Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead. If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error. SQLSTATE: 22012; whether the batch is in the target is not known: the same batch, written again, finds out
                          count.conf:11:49  pipegraph.etls[0].steps[0].sql
                            SELECT 10 / (n - 4) AS half FROM numbers WHERE n % 2 = 0
                                   ^
                        """);
    }

    @Test
    void keepsTheReportInAFile() throws IOException {
        String file = write(PIPEGRAPH).toString();
        Path kept = folder.resolve("report.jsonl");

        CliRun run = CliRun.of(folder, "run", file, "--report", kept.toString(), "--json");

        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(kept).hasContent(run.out());
        assertThat(run.out()).contains("{\"type\":\"etl\"", "{\"type\":\"run\"");
    }

    @Test
    void keepsInAFileWhyARunFailed() throws IOException {
        String file = write(PIPEGRAPH).toString();
        Path kept = folder.resolve("report.jsonl");

        CliRun.of(folder, "run", file, "--report", kept.toString(), "--set", "failure=external");

        assertThat(kept)
                .hasContent(
                        "{\"type\":\"failure\",\"kind\":\"external\",\"exit_code\":3,\"message\":\"the drain does not answer; is it open?\"}");
    }

    @Test
    void refusesAReportThatCannotBeWritten() throws IOException {
        String file = write(PIPEGRAPH).toString();

        assertThat(CliRun.of(folder, "run", file, "--report", folder.toString()))
                .isEqualTo(new CliRun(
                        ExitCode.USER,
                        "",
                        "error: the report cannot be written: java.nio.file.FileSystemException: " + folder
                                + ": Is a directory\n"));
    }

    @Test
    void exitsWithThreeWhereAnotherSystemFails() throws IOException {
        assertThat(CliRun.of(folder, "run", write(PIPEGRAPH).toString(), "--set", "failure=external"))
                .isEqualTo(new CliRun(ExitCode.EXTERNAL, "", "error: the drain does not answer; is it open?\n"));
    }

    @Test
    void exitsWithFourWhereAPluginFails() throws IOException {
        assertThat(CliRun.of(folder, "run", write(PIPEGRAPH).toString(), "--set", "failure=plugin"))
                .isEqualTo(new CliRun(ExitCode.PLUGIN, "", "error: the drain is clogged\n"));
    }

    @Test
    void namesTheLogWhereMillraceFails() throws IOException {
        CliRun run = CliRun.of(folder, "run", write(PIPEGRAPH).toString(), "--set", "failure=internal");

        Path log = CliRun.log(folder);
        assertThat(run)
                .isEqualTo(new CliRun(
                        ExitCode.INTERNAL,
                        "",
                        """
                        error: rows came back
                        This is an error in Millrace itself; please report it with its stack trace.
                        log: %s
                        """
                                .formatted(log)));
        assertThat(log).content().startsWith("io.millrace.config.MillraceException: rows came back\n\tat ");
    }

    @Test
    void showsTheStackTraceOnRequest() throws IOException {
        CliRun run = CliRun.of(folder, "run", write(PIPEGRAPH).toString(), "--set", "failure=external", "--stacktrace");

        assertThat(run.code()).isEqualTo(ExitCode.EXTERNAL);
        assertThat(run.err())
                .startsWith(
                        """
                        error: the drain does not answer; is it open?
                        io.millrace.config.MillraceException: the drain does not answer; is it open?
                        \tat io.millrace.config.MillraceException.external(\
                        """);
    }

    @Test
    void saysWhatASliceIs() throws IOException {
        String file = write(PIPEGRAPH).toString();

        assertThat(CliRun.of(folder, "run", file, "--date", "2024-1-3").err())
                .isEqualTo(
                        "error: Invalid value for option '--date': \"2024-1-3\" is not a date such as 2024-01-03; see millrace run --help\n");
        assertThat(CliRun.of(folder, "run", file, "--partitions", "0,8-3").err())
                .isEqualTo(
                        "error: Invalid value for option '--partitions': \"0,8-3\" is not a list of partitions such as 0,3,8-15; see millrace run --help\n");
        assertThat(CliRun.of(folder, "run", file, "--window", "2024-01-01").err())
                .isEqualTo(
                        "error: Invalid value for option '--window': \"2024-01-01\" is not a window such as 2024-01-01T00/P1D; see millrace run --help\n");
    }

    @Test
    void refusesAMasterThatOnlySparkSubmitKnows() throws IOException {
        assertThat(CliRun.of(folder, "run", write(PIPEGRAPH).toString(), "--spark-master", "yarn"))
                .isEqualTo(new CliRun(
                        ExitCode.USER,
                        "",
                        "error: --spark-master yarn is a matter of spark-submit; set SPARK_HOME and use the launcher,"
                                + " or give io.millrace.cli.Main to spark-submit\n"));
    }

    @Test
    void asksForOneChoiceAboutAnUnfinishedRun() throws IOException {
        assertThat(CliRun.of(folder, "run", write(PIPEGRAPH).toString(), "--resume", "--new-run")
                        .err())
                .isEqualTo(
                        "error: --resume, --new-run are mutually exclusive (specify only one); see millrace run --help\n");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("count.conf"), text);
    }
}
