package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.internal.command.CommandEnvironment;
import io.millrace.cli.internal.command.ExitCode;
import io.millrace.cli.internal.command.LogFile;
import io.millrace.cli.internal.command.SessionSource;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.cli.internal.terminal.Terminal.Progress;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class WorkflowCommandIT {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeEach
    void prepare(SparkSession session) throws IOException {
        SparkSession.setActiveSession(session);
        write(
                "drain.conf",
                """
                failure = none
                pipegraph {
                  name = count
                  models {
                    numbers { product = counting, value { below = 10 } }
                    gone    { product = drain, value { fail = ${failure} } }
                  }
                  etls = [ { name = all, inputs { numbers = numbers }, output = gone } ]
                }
                """);
        write(
                "w.conf",
                """
                workflow {
                  name = taxi, description = "Two and their sum", max-concurrent-jobs = 1
                  jobs = [
                    { name = one, file = "drain.conf" }
                    { name = two, file = "drain.conf", set { failure = ${?two} }, retry { count = 1 }, after = one }
                    { name = sum, file = "drain.conf", after = [one, two] }
                    { name = end, file = "drain.conf", after = one }
                  ]
                }
                """);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private CliRun run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "workflow";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CliRun run = CliRun.of(folder, all).withoutTimes();
        return new CliRun(run.code(), plain(run.out()), plain(run.err()));
    }

    private String plain(String text) {
        return text.replace(folder.toString(), "DIR").replaceAll("workflow-\\d{8}-\\d{6}-[0-9a-f]{6}", "WORKFLOW");
    }

    private String file() {
        return folder.resolve("w.conf").toString();
    }

    @Test
    void tellsWhatEachJobDid() {
        assertThat(run("run", file()))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        one  done in TIME
                          all  1 batch in TIME
                            read 10 records from numbers
                            wrote gone: 10 rows committed
                              into the drain
                              gone 10
                        two  done in TIME
                          all  1 batch in TIME
                            read 10 records from numbers
                            wrote gone: 10 rows committed
                              into the drain
                              gone 10
                        end  done in TIME
                          all  1 batch in TIME
                            read 10 records from numbers
                            wrote gone: 10 rows committed
                              into the drain
                              gone 10
                        sum  done in TIME
                          all  1 batch in TIME
                            read 10 records from numbers
                            wrote gone: 10 rows committed
                              into the drain
                              gone 10
                        run WORKFLOW of workflow taxi: done after TIME (4 done)
                        """,
                        ""));
    }

    @Test
    void exitsAsTheFirstFailureSays() {
        assertThat(run("run", file(), "--set", "two=external"))
                .isEqualTo(new CliRun(
                        ExitCode.EXTERNAL,
                        """
                        one  done in TIME
                          all  1 batch in TIME
                            read 10 records from numbers
                            wrote gone: 10 rows committed
                              into the drain
                              gone 10
                        two  failed, is run again at once: the drain does not answer; is it open?
                        end  done in TIME
                          all  1 batch in TIME
                            read 10 records from numbers
                            wrote gone: 10 rows committed
                              into the drain
                              gone 10
                        two  failed after TIME, 2 attempts: the drain does not answer; is it open?
                        sum  skipped: two failed
                        run WORKFLOW of workflow taxi: failed after TIME (2 done, 1 failed, 1 skipped)
                        committed: one and end
                        next: millrace workflow run DIR/w.conf --set two=external runs every job again, and what was appended comes twice\
                        ; with a state folder (state = FOLDER in the workflow, or --state) it would run two and sum
                        """,
                        "error: workflow taxi: job two failed: the drain does not answer; is it open?\n"));
    }

    @Test
    void tellsProgramsWhatEachJobDid() throws IOException {
        String file = write(
                "p.conf",
                """
                workflow { name = p, max-concurrent-jobs = 1, jobs = [
                  { name = one, file = "drain.conf" }
                  { name = two, file = "drain.conf", set { failure = plugin }, retry { count = 1, pause = 1ms, on = always }, after = one }
                  { name = sum, file = "drain.conf", after = two } ] }
                """);

        assertThat(run("run", file, "--json"))
                .isEqualTo(new CliRun(
                        ExitCode.PLUGIN,
                        """
                        {"type":"etl","workflow":"p","job":"one","pipegraph":"count","etl":"all","batches":1,"inputs":[{"view":"numbers","read":10,"decoded":10,"undecodable":0}],\
                        "outputs":[{"model":"gone","rows_in":10,"committed":10,"dropped":0,"dead_lettered":0,"stale":0,"collapsed":0,\
                        "replayed_batches":0,"commits":["c1"],"expectations":{},"details":[{"gone":10}],"warnings":[]}],\
                        "dead_letters":0,"dead_letter_samples":[],"duration_ms":0}
                        {"type":"job","workflow":"p","job":"one","status":"done","attempts":1,"run":"RUN","rows":10,"commits":["c1"],\
                        "actions":[],"duration_ms":0}
                        {"type":"retry","workflow":"p","job":"two","attempt":1,"kind":"plugin","message":"the drain is clogged","pause_ms":1}
                        {"type":"job","workflow":"p","job":"two","status":"failed","attempts":2,"run":"RUN","rows":0,"commits":[],\
                        "actions":[],"kind":"plugin","message":"the drain is clogged","duration_ms":0}
                        {"type":"job","workflow":"p","job":"sum","status":"skipped","attempts":0,"run":"","rows":0,"commits":[],\
                        "actions":[],"reason":"two failed","duration_ms":0}
                        {"type":"workflow","workflow":"p","run":"WORKFLOW","done":1,"done_before":0,"failed":1,"skipped":1,"stopped":0,"duration_ms":0}
                        {"type":"failure","kind":"plugin","exit_code":4,"message":"workflow p: job two failed: the drain is clogged"}
                        """,
                        ""));
    }

    @Test
    void keepsTheReportInAFile() throws IOException {
        String file = write(
                "p.conf",
                """
                workflow { name = p, max-concurrent-jobs = 1, jobs = [
                  { name = one, file = "drain.conf", set { failure = external }, retry { count = 1, pause = 1ms } }
                  { name = two, file = "drain.conf", after = one } ] }
                """);
        Path kept = folder.resolve("reports/p.jsonl");

        CliRun run = run("run", file, "--report", kept.toString());
        CliRun json = run("run", file, "--report", kept.toString(), "--json");

        assertThat(run)
                .isEqualTo(new CliRun(
                        ExitCode.EXTERNAL,
                        """
                        one  failed, is run again in TIME: the drain does not answer; is it open?
                        one  failed after TIME, 2 attempts: the drain does not answer; is it open?
                        two  skipped: one failed
                        run WORKFLOW of workflow p: failed after TIME (1 failed, 1 skipped)
                        committed: nothing
                        next: millrace workflow run DIR/p.conf runs every job again; with a state folder (state = FOLDER in the workflow, or --state) it would run one and two
                        """,
                        "error: workflow p: job one failed: the drain does not answer; is it open?\n"));
        String report = new CliRun(json.code(), Files.readString(kept), "")
                .withoutTimes()
                .out();
        assertThat(plain(report))
                .isEqualTo(json.out())
                .isEqualTo(
                        """
                        {"type":"retry","workflow":"p","job":"one","attempt":1,"kind":"external","message":"the drain does not answer; is it open?","pause_ms":1}
                        {"type":"job","workflow":"p","job":"one","status":"failed","attempts":2,"run":"RUN","rows":0,"commits":[],\
                        "actions":[],"kind":"external","message":"the drain does not answer; is it open?","duration_ms":0}
                        {"type":"job","workflow":"p","job":"two","status":"skipped","attempts":0,"run":"","rows":0,"commits":[],\
                        "actions":[],"reason":"one failed","duration_ms":0}
                        {"type":"workflow","workflow":"p","run":"WORKFLOW","done":0,"done_before":0,"failed":1,"skipped":1,"stopped":0,"duration_ms":0}
                        {"type":"failure","kind":"external","exit_code":3,"message":"workflow p: job one failed: the drain does not answer; is it open?"}
                        """);
    }

    @Test
    void everyJobTakesTheSliceThatIsAskedFor() throws IOException {
        write(
                "dated.conf",
                """
                pipegraph {
                  name = dated
                  models { numbers { product = counting, value { below = 10 } }, gone { product = drain, value {} } }
                  etls = [ { name = all, inputs { numbers = numbers }, output = gone
                             steps = [ { name = old, sql = "SELECT * FROM numbers WHERE :run_date < DATE'2024-01-05'" } ] } ]
                }
                """);
        String file = write("d.conf", "workflow { name = d, jobs = [ { name = one, file = \"dated.conf\" } ] }");

        assertThat(run("run", file, "--json", "--date", "2024-01-04").out())
                .contains("\"job\":\"one\",\"status\":\"done\",\"attempts\":1,\"run\":\"RUN\",\"rows\":10,");
        assertThat(run("run", file, "--json", "--date", "2024-01-05").out())
                .contains("\"job\":\"one\",\"status\":\"done\",\"attempts\":1,\"run\":\"RUN\",\"rows\":0,");
        assertThat(run("run", file))
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                """
                        one  failed after TIME: ETL all, step old: the query uses :run_date, which this run does not have; give --date, --window or --partitions
                        run WORKFLOW of workflow d: failed after TIME (1 failed)
                        committed: nothing
                        next: millrace workflow run DIR/d.conf runs every job again; with a state folder (state = FOLDER in the workflow, or --state) it would run one
                        """,
                                """
                        error: workflow d: job one failed: ETL all, step old: the query uses :run_date, which this run does not have; give --date, --window or --partitions
                        """));
    }

    @Test
    void aDryRunHasNothingToReport() {
        assertThat(run("run", file(), "--dry-run", "--report", "report.jsonl"))
                .isEqualTo(new CliRun(
                        ExitCode.USER,
                        "",
                        "error: --dry-run runs nothing that --report could tell of; leave one of them out\n"));
    }

    @Test
    void continuesARunThatDidNotFinish() throws IOException {
        String state = folder.resolve("state").toString();
        write(
                "drain.conf",
                Files.readString(folder.resolve("drain.conf")).replace("failure = none", "failure = external"));
        CliRun failed = run("run", file(), "--state", state);
        write(
                "drain.conf",
                Files.readString(folder.resolve("drain.conf")).replace("failure = external", "failure = none"));

        assertThat(failed.code()).isEqualTo(ExitCode.EXTERNAL);
        assertThat(failed.out())
                .isEqualTo(
                        """
                        one  failed after TIME: the drain does not answer; is it open?
                        two  skipped: one failed
                        end  skipped: one failed
                        sum  skipped: one failed
                        run WORKFLOW of workflow taxi: failed after TIME (1 failed, 3 skipped)
                        committed: nothing
                        next: millrace workflow run DIR/w.conf --state DIR/state continues it: runs one, two, end and sum
                        """);
        write("w.conf", Files.readString(folder.resolve("w.conf")).replace("${?two}", "external"));
        assertThat(run("run", file(), "--state", state).out())
                .contains("one  done in TIME\n", "end  done in TIME\n", "sum  skipped: two failed\n");
        write(
                "w.conf",
                Files.readString(folder.resolve("w.conf")).replace("{ failure = external }", "{ failure = none }"));
        assertThat(run("run", file(), "--state", state))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        continues run WORKFLOW, which did not finish
                        one  done before
                        end  done before
                        two  done in TIME
                          all  1 batch in TIME
                            read 10 records from numbers
                            wrote gone: 10 rows committed
                              into the drain
                              gone 10
                        sum  done in TIME
                          all  1 batch in TIME
                            read 10 records from numbers
                            wrote gone: 10 rows committed
                              into the drain
                              gone 10
                        run WORKFLOW of workflow taxi: done after TIME (2 done, 2 done before)
                        """,
                        ""));
    }

    @Test
    void runsTheWorkflowsOfAFolderInTheOrderOfTheirNames() throws IOException {
        write("w.conf", "workflow { name = third, jobs = [ { name = a, file = \"drain.conf\" } ] }");
        write("a.conf", "workflow { name = first, jobs = [ { name = a, file = \"drain.conf\" } ] }");
        write(
                "b.conf",
                "workflow { name = second, jobs = [ { name = a, file = \"drain.conf\", set { failure = plugin } } ] }");

        CliRun run = run("run", folder.toString());

        assertThat(run.code()).isEqualTo(ExitCode.PLUGIN);
        assertThat(run.out())
                .contains(
                        "run WORKFLOW of workflow first: done after TIME (1 done)\n",
                        "run WORKFLOW of workflow second: failed after TIME (1 failed)\n")
                .doesNotContain("third");
        assertThat(run.err())
                .isEqualTo(
                        """
                        not run, because workflow second is not done: third
                        error: workflow second: job a failed: the drain is clogged
                        """);
    }

    @Test
    void showsWhatWouldBeRun() {
        assertThat(run("run", file(), "--dry-run"))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        workflow taxi: Two and their sum
                        at once   1

                        job one
                          pipegraph count

                          ETL all (batch)
                            input   numbers            numbers below 10
                            output  gone               into the drain, at least once

                        job two, after one, run again once on a failure that may pass
                          pipegraph count

                          ETL all (batch)
                            input   numbers            numbers below 10
                            output  gone               into the drain, at least once

                        job end, after one
                          pipegraph count

                          ETL all (batch)
                            input   numbers            numbers below 10
                            output  gone               into the drain, at least once

                        job sum, after one, two
                          pipegraph count

                          ETL all (batch)
                            input   numbers            numbers below 10
                            output  gone               into the drain, at least once
                        """,
                        ""));
        assertThat(run("run", file(), "--dry-run", "--json").out().lines())
                .hasSize(9)
                .startsWith(
                        "{\"type\":\"workflow\",\"workflow\":\"taxi\",\"description\":\"Two and their sum\",\"max_concurrent_jobs\":1,\"warnings\":[]}")
                .anyMatch(line -> line.startsWith("{\"type\":\"etl\",\"etl\":\"all\""));
    }

    @Test
    void showsTheGraph() {
        assertThat(run("graph", file(), "--state", "/state"))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        workflow taxi: Two and their sum
                        at once   1
                        state     /state/taxi

                        job one
                          all: numbers -> gone

                        job two, after one, run again once on a failure that may pass
                          all: numbers -> gone

                        job end, after one
                          all: numbers -> gone

                        job sum, after one, two
                          all: numbers -> gone
                        """,
                        ""));
        assertThat(run("graph", file(), "--mermaid").out())
                .isEqualTo(
                        """
                        flowchart LR
                          j0["one<br/>all"]
                          j1["two<br/>all"]
                          j2["end<br/>all"]
                          j3["sum<br/>all"]
                          j0 --> j1
                          j0 --> j2
                          j0 --> j3
                          j1 --> j3
                        """);
        assertThat(run("graph", file(), "--json").out().lines().skip(2).findFirst())
                .hasValue(
                        "{\"type\":\"job\",\"workflow\":\"taxi\",\"job\":\"two\",\"description\":\"\",\"after\":[\"one\"],"
                                + "\"retry\":{\"count\":1,\"pause_ms\":0,\"on\":\"transient\"},\"pipegraph\":\"count\",\"etls\":[\"all\"],\"actions\":[]}");
    }

    @Test
    void checks() {
        assertThat(run("check", file()))
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        nothing is wrong with workflow taxi (4 jobs, 4 ETLs)
                        next: millrace workflow graph DIR/w.conf
                        """,
                        ""));
        assertThat(run("check", file(), "--json").out())
                .isEqualTo(
                        "{\"type\":\"check\",\"file\":\"DIR/w.conf\",\"workflow\":\"taxi\",\"jobs\":4,\"etls\":4,\"warnings\":[]}\n");
    }

    @Test
    void checksEachJobAgainstASession() throws IOException {
        write(
                "missing.conf",
                """
                pipegraph {
                  name = missing
                  models {
                    numbers { product = counting, value { below = 10 } }
                    gone    { product = drain, value { fail = none } }
                  }
                  etls = [ { name = all, inputs { numbers = numbers }, output = gone,
                    steps = [ { name = s, sql = "SELECT m FROM numbers" } ] } ]
                }
                """);
        write(
                "w.conf",
                """
                workflow { name = taxi, jobs = [
                  { name = one, file = "missing.conf" }, { name = two, file = "missing.conf", after = one } ] }
                """);

        CliRun run = run("check", folder + "/w.conf", "--connect");

        assertThat(run.code()).isEqualTo(ExitCode.USER);
        assertThat(run.err()).isEqualTo("error: a run would fail: 1 problem\n");
        assertThat(run.out())
                .isEqualTo(
                        """
                        nothing is wrong with workflow taxi (2 jobs, 2 ETLs)

                        job one, ETL all against the tables that are there
                          problem: ETL all, step s: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `m` cannot be resolved. Did you mean one of the following? [`n`]. SQLSTATE: 42703; line 1 pos 7
                            DIR/missing.conf:8:41  pipegraph.etls[0].steps[0].sql
                              SELECT m FROM numbers
                                     ^

                        job two, ETL all against the tables that are there
                          not known until job one has run: ETL all, step s: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `m` cannot be resolved. Did you mean one of the following? [`n`]. SQLSTATE: 42703; line 1 pos 7
                            DIR/missing.conf:8:41  pipegraph.etls[0].steps[0].sql
                              SELECT m FROM numbers
                                     ^
                        """);
        assertThat(run("check", folder + "/w.conf", "--connect", "--json").out())
                .contains(
                        "{\"type\":\"connected\",\"workflow\":\"taxi\",\"job\":\"one\",\"etl\":\"all\",\"columns\":\"\"");
    }

    @Test
    void findsWhatIsWrongWithAllWorkflowsOfAFolder() throws IOException {
        write("a.conf", "workflow { name = a, jobs = [ { name = x, file = \"drain.conf\", after = y } ] }");
        write("b.conf", "workflow { name = b, jobs = [ { name = x, fil = \"drain.conf\" } ] }");

        assertThat(run("check", folder.toString()))
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                "",
                                """
                        DIR/a.conf:1:64  workflow.jobs[0].after: no job is named "y"; did you mean "x"? (known: x)
                        DIR/b.conf:1  workflow.jobs[0].file: is missing
                        DIR/b.conf:1:43  workflow.jobs[0].fil: unknown key; did you mean "file"? (known: actions, after, description, file, name, retry, set)
                        3 problems
                        """));
    }

    @Test
    void asksSparkToBeFairUnlessTheUserDoesNot() {
        Map<String, String> asked = new HashMap<>();
        Terminal silent = new Terminal(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                Style.PLAIN,
                Style.PLAIN,
                Progress.LINES,
                Terminal.UNLIMITED);
        SessionSource sessions = (master, settings) -> {
            asked.putAll(settings);
            return SparkSession.active();
        };
        CommandLineRunner cli = new CommandLineRunner(
                new CommandEnvironment(silent, new LogFile(folder), sessions, (first, second) -> {}, null));

        assertThat(cli.run(List.of("workflow", "run", file()))).isEqualTo(ExitCode.OK);
        assertThat(asked).containsEntry("spark.scheduler.mode", "FAIR");
        assertThat(cli.run(List.of("workflow", "run", file(), "--spark-conf", "spark.scheduler.mode=FIFO")))
                .isEqualTo(ExitCode.OK);
        assertThat(asked).containsEntry("spark.scheduler.mode", "FIFO");
    }

    @Test
    void depotsAreForYaml() throws IOException {
        assertThat(run("check", file(), "--depots", write("d.conf", "depots {}")))
                .isEqualTo(
                        new CliRun(
                                ExitCode.USER,
                                "",
                                "error: --depots says what addresses in YAML mean, and DIR/w.conf is in HOCON, which has none; leave it out\n"));
    }
}
