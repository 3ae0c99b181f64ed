package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.internal.command.ExitCode;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workflows in YAML on the command line, with depots. */
@ExtendWith(MillraceSession.class)
class FlareCommandIT {

    private static final String JOB =
            """
                - name: vendor-%1$d
                  spec:
                    stack: flare:1.0
                    flare:
                      job:
                        inputs:
                          - { name: rides, dataset: 'dataos://dropzone:none/rides?acl=r', format: json }
                        outputs:
                          - { name: out, depot: 'dataos://flarelake:raw?acl=rw' }
                        steps:
                          - sequence:
                              - { name: dated, sql: 'SELECT *, to_timestamp(at / 1000) AS day FROM rides WHERE vendor = %1$d' }
                            sink:
                              - sequenceName: dated
                                datasetName: rides
                                outputName: out
                                outputType: Iceberg
                                outputOptions:
                                  saveMode: append
                                  iceberg: { partitionSpec: [ { type: month, column: day, name: month } ] }
            """;

    private static final String PUBLISH =
            """
                - name: publish
                  spec:
                    stack: alpha
                    alpha:
                      image: somebody/dataos-tool:1
                      arguments: [dataset, set-metadata, --address, 'dataos://flarelake:raw/rides', --version, latest]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeEach
    void writeRides(SparkSession session) throws IOException {
        SparkSession.setActiveSession(session);
        Files.writeString(
                Files.createDirectories(folder.resolve("in/rides")).resolve("a.json"),
                """
                {"id":"a","vendor":1,"at":1451606400000}
                {"id":"b","vendor":2,"at":1454284800000}
                {"id":"c","vendor":2,"at":1454284801000}
                """);
        Files.writeString(
                folder.resolve("depots.conf"),
                """
                depots {
                  dropzone  { kind = files, path = "%1$s/in" }
                  flarelake { kind = iceberg, warehouse = "%1$s/lake" }
                }
                """
                        .formatted(folder));
    }

    @Test
    void twoJobsWriteOneTableThatSqlShows() throws IOException {
        CliRun written = workflow("run", JOB.formatted(1) + JOB.formatted(2));
        CliRun published = workflow("run", PUBLISH);
        CliRun again = workflow("run", PUBLISH);
        CliRun shown = CliRun.of(
                folder,
                "sql",
                "SELECT vendor, count(*) AS rides FROM flarelake.raw.rides GROUP BY 1 ORDER BY 1",
                "--depots",
                folder.resolve("depots.conf").toString());

        assertThat(written.code()).as(written.toString()).isEqualTo(ExitCode.OK);
        assertThat(published.code()).as(published.toString()).isEqualTo(ExitCode.OK);
        assertThat(again.code()).as(again.toString()).isEqualTo(ExitCode.OK);
        assertThat(shown)
                .isEqualTo(new CliRun(
                        ExitCode.OK,
                        """
                        vendor  rides
                             1      1
                             2      2
                        2 rows
                        """,
                        ""));
    }

    /** As the original's page writes it: merge beside iceberg, saveMode: overwrite, no acl. Rows that are not merged stay. */
    @Test
    void aMergeReplacesNoRows() throws IOException {
        String load = published("SELECT id, vendor FROM rides", "{ saveMode: append }");
        String merge = published(
                "SELECT id, 9 AS vendor FROM rides WHERE id = 'b'",
                "{ saveMode: overwrite, merge: { onClause: old.id = new.id, whenClause: MATCHED THEN UPDATE SET old.vendor = new.vendor } }");

        CliRun loaded = workflow("run", load);
        CliRun merged = workflow("run", merge);

        assertThat(loaded.code()).as(loaded.toString()).isEqualTo(ExitCode.OK);
        assertThat(merged.code()).as(merged.toString()).isEqualTo(ExitCode.OK);
        assertThat(sql("SELECT id, vendor FROM flarelake.raw.published ORDER BY id"))
                .isEqualTo(
                        """
                        id  vendor
                        a        1
                        b        9
                        c        2
                        3 rows
                        """);
    }

    /** What a merge writes is cast by Spark's rules for storing, which know no null for what does not fit. */
    @Test
    void withoutAnsiModeTooLargeANumberIsNotStored() throws IOException {
        String merge = published(
                "SELECT id, at AS vendor FROM rides",
                "{ merge: { onClause: old.id = new.id, whenClause: MATCHED THEN UPDATE SET old.vendor = new.vendor } }");

        CliRun made = workflow(
                "run", published("SELECT id, CAST(vendor AS INT) AS vendor FROM rides", "{ saveMode: append }"));
        CliRun large = workflow("run", merge);

        assertThat(made.code()).as(made.toString()).isEqualTo(ExitCode.OK);
        assertThat(large.code()).isNotEqualTo(ExitCode.OK);
        assertThat(large.err()).contains("CAST_OVERFLOW_IN_TABLE_INSERT");
        assertThat(sql("SELECT sum(vendor) AS sum FROM flarelake.raw.published"))
                .isEqualTo("sum\n  5\n1 row\n");
    }

    @Test
    void aJobMayOnlyLook() throws IOException {
        String job =
                """
                - name: quality
                  spec:
                    stack: flare:7.0
                    stackSpec:
                      job:
                        inputs: [ { name: rides, dataset: 'dataos://dropzone:none/rides', format: json } ]
                        assertions: [ { column: vendor, tests: [ max < %d ] } ]
                """;

        CliRun checked = workflow("check", job.formatted(3));
        CliRun planned = workflow("run", job.formatted(3), "--dry-run");
        CliRun good = workflow("run", job.formatted(3));
        CliRun bad = workflow("run", job.formatted(2));

        assertThat(checked.out()).startsWith("nothing is wrong with workflow rides (1 job, 1 ETL)\n");
        assertThat(planned.out())
                .endsWith(
                        """
                        job quality
                          pipegraph rides/quality

                          ETL rides (batch)
                            input   rides              json files in %s/in/rides, schema found in them by a pass over all
                            step    rides#checked      io.millrace.flare.internal.strategy.AssertionCheck
                        """
                                .formatted(folder));
        assertThat(good.code()).as(good.toString()).isEqualTo(ExitCode.OK);
        assertThat(good.withoutTimes().out())
                .startsWith(
                        """
                        quality  done in TIME
                          rides  1 batch in TIME
                        run workflow-""");
        assertThat(bad.code()).isEqualTo(ExitCode.USER);
        assertThat(bad.out()).contains("an assertion does not hold: column vendor: max < 2 (max = 2)");
    }

    /** What the loader, the planner and a plugin find, in one list. */
    @Test
    void allThatIsWrongIsSaidAtOnce() throws IOException {
        String wrong = JOB.formatted(1).replace("acl=rw", "acl=r").replace("vendor = 1", "vendor = :vendr");

        CliRun run = workflow(
                "check",
                wrong
                        + JOB.formatted(2)
                                .replace("column: day", "column: 'a,b'")
                                .replace("name: vendor-2", "name: vendor-2\n      dependencies: vendor-3"));

        assertThat(run.code()).isEqualTo(ExitCode.USER);
        assertThat(run.err().replace(folder.toString() + "/", ""))
                .isEqualTo(
                        """
                        wf.yaml:14:34  workflow.dag[0].spec.flare.job.outputs[0].depot: must not be written: acl=r is for reading; write ?acl=rw behind it
                        wf.yaml:17:40  workflow.dag[0].spec.flare.job.steps[0].sequence[0].sql: unknown parameter :vendr; known: partitions, run_date, window_end, window_start
                        wf.yaml:27:11  workflow.dag[1].dependencies: no job is named "vendor-3"; did you mean "vendor-1"? (known: vendor-1, vendor-2)
                        wf.yaml:46:38  workflow.dag[1].spec.flare.job.steps[0].sink[0].outputOptions.iceberg.partitionSpec: "month(a,b) AS month" has a number too many: write month(b)
                        4 problems
                        """);
    }

    private static String published(String sql, String options) {
        return """
                - name: load
                  spec:
                    stack: flare:7.0
                    stackSpec:
                      job:
                        inputs: [ { name: rides, dataset: 'dataos://dropzone:none/rides', format: json } ]
                        steps: [ { sequence: [ { name: out, sql: "%s" } ] } ]
                        outputs: [ { name: out, dataset: 'dataos://flarelake:raw/published', outputType: Iceberg, options: %s } ]
                """
                .formatted(sql, options);
    }

    private String sql(String query) {
        return CliRun.of(
                        folder,
                        "sql",
                        query,
                        "--depots",
                        folder.resolve("depots.conf").toString())
                .out();
    }

    private CliRun workflow(String command, String jobs, String... more) throws IOException {
        Path file = Files.writeString(
                folder.resolve("wf.yaml"),
                "version: v1\nname: rides\ntype: workflow\nworkflow:\n  dag:\n" + jobs.indent(4));
        List<String> arguments = new ArrayList<>(List.of(
                "workflow",
                command,
                file.toString(),
                "--depots",
                folder.resolve("depots.conf").toString()));
        arguments.addAll(List.of(more));
        return CliRun.of(folder, arguments.toArray(String[]::new));
    }
}
