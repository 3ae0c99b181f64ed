package io.millrace.flare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.Millrace;
import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.state.StateFolder;
import io.millrace.testkit.MillraceSession;
import io.millrace.workflow.JobResult;
import io.millrace.workflow.JobResult.Status;
import io.millrace.workflow.LoadedWorkflow;
import io.millrace.workflow.WorkflowListener;
import io.millrace.workflow.WorkflowRequest;
import io.millrace.workflow.WorkflowResult;
import io.millrace.workflow.WorkflowSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Texts that are loaded, planned and run. */
@ExtendWith(MillraceSession.class)
class FlareRunIT {

    /** An input that goes on from run to run. */
    private static final String GOES_ON =
            """
              - name: some
                dataset: dataos://raw:in/rides
                format: json
                incremental:
                  context: c
                  sql: SELECT * FROM c WHERE price > $|from|
                  keys: [ { name: from, sql: SELECT 0 }, { name: to, sql: SELECT max(price) FROM c } ]
                  state: [ { key: from, value: to } ]
            """;

    private final SparkSession spark;
    private final Path folder;

    FlareRunIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    @BeforeEach
    void writeRides() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("in/rides")).resolve("a.json"),
                """
                {"Ride Id":"a","vendor":1,"price":2.5}
                {"Ride Id":"b","vendor":2,"price":4.0}
                {"Ride Id":"c","vendor":1,"price":8.0}
                """);
    }

    @Test
    void stepsFunctionsAndOutputsOfTwoJobs() throws IOException {
        WorkflowResult result = run(
                """
                name: rides
                type: workflow
                workflow:
                  dag:
                    - name: clean
                      spec:
                        stack: flare:1.0
                        flare:
                          job:
                            inputs: [ { name: rides, dataset: 'dataos://raw:in/rides', format: json } ]
                            outputs: [ { name: out, depot: 'dataos://raw:none?acl=rw' } ]
                            steps:
                              - sequence:
                                  - name: clean
                                    sql: SELECT * FROM rides WHERE vendor = 1
                                    functions:
                                      - name: cleanse_column_names
                                      - { name: set_type, columns: { price: 'decimal(10,2)' } }
                                sink:
                                  - { sequenceName: clean, datasetName: clean, outputName: out, outputType: orc, outputOptions: { saveMode: append } }
                                  - { sequenceName: rides, datasetName: copy, outputName: out, outputType: csv, outputOptions: { saveMode: overwrite, sort: { mode: global, columns: [ { name: price, order: desc } ] }, extraOptions: { header: true } } }
                    - name: sum
                      dependencies: [clean]
                      spec:
                        stack: flare:7.0
                        stackSpec:
                          job:
                            inputs: [ { name: clean, dataset: 'dataos://raw:none/clean', format: ORC } ]
                            steps: [ { sequence: [ { name: total, sql: SELECT sum(price) AS total FROM clean } ] } ]
                            outputs:
                              - name: total
                                dataset: dataos://raw:none?acl=rw
                                format: parquet
                                assertions: [ { column: total, tests: [ 'min = 10.5', 'missing_count = 0' ] } ]
                                options: { saveMode: overwrite }
                """);

        assertThat(result.jobs()).extracting(JobResult::status).containsExactly(Status.DONE, Status.DONE);
        assertThat(spark.read().orc(folder + "/clean").schema().toDDL())
                .isEqualTo("ride_id STRING,price DECIMAL(10,2),vendor BIGINT");
        assertThat(spark.read()
                        .option("header", "true")
                        .csv(folder + "/copy")
                        .select("Ride Id")
                        .collectAsList())
                .hasToString("[[c], [b], [a]]");
        assertThat(spark.read().parquet(folder + "/total").collectAsList()).hasToString("[[10.50]]");
    }

    @Test
    void nothingIsWrittenWhereAnAssertionDoesNotHold() throws IOException {
        WorkflowResult result = run(
                job(
                        """
                assertions: [ { column: price, filter: vendor = 1, tests: [ avg > 100, max < 10 ] } ]
                inputs: [ { name: rides, dataset: 'dataos://raw:in/rides', format: json } ]
                outputs: [ { name: rides, dataset: 'dataos://raw:none/out?acl=rw', format: parquet, options: { saveMode: append } } ]
                """));

        JobResult failed = result.jobs().get(0);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.failure().orElseThrow().getMessage())
                .isEqualTo("nothing of rides is written, as an assertion does not hold: "
                        + "column price where vendor = 1: avg > 100 (avg = 5.25)");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aJobWithAssertionsOnlyWritesNothingAndRemembersNothing() throws IOException {
        String yaml = job(
                """
                inputs: [ { name: rides, dataset: 'dataos://raw:in/rides', format: json } ]
                assertions:
                  - { column: price, filter: vendor == 1, tests: [ avg > 5, max < %s, missing_percentage < 0.5 ] }
                  - { sql: SELECT avg(price) AS mean FROM rides, tests: [ mean > 4 ] }
                """);

        WorkflowResult good = run(yaml.formatted("9"), folder + "/state");
        WorkflowResult bad = run(yaml.formatted("8"), folder + "/state");

        JobResult done = good.jobs().get(0);
        assertThat(done.status()).isEqualTo(Status.DONE);
        assertThat(done.rows()).isZero();
        assertThat(done.etls()).singleElement().satisfies(etl -> {
            assertThat(etl.etl()).isEqualTo("rides");
            assertThat(etl.outputs()).isEmpty();
        });
        assertThat(bad.jobs().get(0).failure().orElseThrow().getMessage())
                .isEqualTo("an assertion does not hold: column price where vendor == 1: max < 8 (max = 8.0)");
        assertThat(Ledger.ofPipegraph(new StateFolder(spark, folder + "/state/rides/jobs/load"), "rides/load")
                        .list())
                .isEmpty();
    }

    /** What is read goes on from run to run all the same. */
    @Test
    void aJobWithAssertionsOnlyTakesEachPartOnce() throws IOException {
        String yaml = job(
                "inputs:\n" + GOES_ON
                        + """
                assertions: [ { sql: SELECT count(*) AS rows FROM some, tests: [ rows = 3 ] } ]
                """);

        WorkflowResult first = run(yaml, folder + "/state");
        WorkflowResult second = run(yaml, folder + "/state");

        assertThat(first.jobs().get(0).failure()).isEmpty();
        assertThat(second.jobs().get(0).failure().orElseThrow().getMessage())
                .isEqualTo("an assertion does not hold: sql SELECT count(*) AS rows FROM some: rows = 3 (rows = 0)");
    }

    @Test
    void aStreamMayBeLookedAtOnly() throws IOException {
        String yaml = job(
                """
                inputs: [ { name: rides, dataset: 'dataos://raw:in/rides', format: json, isStream: true, schemaString: vendor INT } ]
                streaming: { triggerMode: AvailableNow }
                assertions: [ { column: vendor, tests: [ max < 3 ] } ]
                """);

        WorkflowResult good = run(yaml, folder + "/state");
        Files.writeString(folder.resolve("in/rides/b.json"), "{\"vendor\":3}\n");
        WorkflowResult bad = run(yaml, folder + "/state");

        assertThat(good.jobs().get(0).failure()).isEmpty();
        assertThat(bad.jobs().get(0).failure().orElseThrow().getMessage())
                .isEqualTo("an assertion does not hold: column vendor: max < 3 (max = 3)");
    }

    /** A cast that fails and a division by zero give null, and a number that is too large wraps around; unless the job wants ANSI mode. */
    @Test
    void whatAnsiModeRefusesIsWhatItIsInSpark3() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("in/texts")).resolve("a.json"),
                """
                {"n":"1","d":"12.345","day":"2024-01-31","big":3000000000,"zero":0}
                {"n":"n/a","d":"","day":"31/01/2024","big":1,"zero":1}
                """);
        String yaml = job(
                """
                %sinputs: [ { name: texts, dataset: 'dataos://raw:in/texts', format: json } ]
                steps:
                  - sequence:
                      - name: typed
                        sql: "SELECT n, d, day, CAST(big AS INT) AS big, 10 / zero AS share, CAST(n AS INT) + 1 AS next FROM texts"
                        functions: [ { name: set_type, columns: { n: int, d: 'decimal(10,2)', day: date } } ]
                outputs: [ { name: typed, dataset: 'dataos://raw:none/out', format: parquet, options: { saveMode: append } } ]
                """);

        WorkflowResult asInSpark3 = run(yaml.formatted(""));
        WorkflowResult ansi = run(yaml.formatted("sparkConf: [ { spark.sql.ansi.enabled: true } ]\n" + " ".repeat(12)));

        assertThat(asInSpark3.jobs().get(0).failure()).isEmpty();
        assertThat(spark.read().parquet(folder + "/out").orderBy("n").collectAsList())
                .hasToString("[[null,null,null,1,10.0,null], [1,12.35,2024-01-31,-1294967296,null,2]]");
        assertThat(ansi.jobs().get(0).failure().orElseThrow().getMessage()).contains("CAST_OVERFLOW");
        assertThat(spark.conf().get("spark.sql.ansi.enabled")).isEqualTo("true");
    }

    @Test
    void aPartOfAnInputIsTaken() throws IOException {
        WorkflowResult result = run(
                job(
                        """
                inputs:
                  - name: some
                    dataset: dataos://raw:in/rides
                    format: json
                    incremental:
                      context: everything
                      sql: SELECT * FROM everything WHERE price > $|from| AND price <= $|to|
                      keys:
                        - { name: from, sql: SELECT min(price) FROM everything }
                        - { name: to, sql: SELECT $|from| + 4 }
                outputs: [ { name: some, dataset: 'dataos://raw:none/out?acl=rw', format: parquet, options: { saveMode: append } } ]
                """));

        assertThat(result.jobs().get(0).failure()).isEmpty();
        assertThat(spark.read().parquet(folder + "/out").select("price").collectAsList())
                .hasToString("[[4.0]]");
    }

    /** What a run has taken is where the next one begins; one that failed takes the part it took, whatever has come meanwhile. */
    @Test
    void anIncrementalReadGoesOnWhereTheLastRunEnded() throws IOException {
        String yaml = job(
                """
                inputs:
                  - name: some
                    dataset: dataos://raw:in/rides
                    format: json
                    incremental:
                      context: everything
                      sql: SELECT * FROM everything WHERE price > $|from| AND price <= $|to|
                      keys: [ { name: from, sql: SELECT 0 }, { name: to, sql: SELECT max(price) FROM everything } ]
                      state: [ { key: from, value: to } ]
                  - { name: gate, dataset: 'dataos://raw:in/gate', format: json, schemaString: open BOOLEAN }
                steps:
                  - sequence:
                      - { name: rides, sql: 'SELECT vendor, price FROM some' }
                      - { name: prices, sql: SELECT price FROM some }
                outputs:
                  - { name: rides, dataset: 'dataos://raw:none/out?acl=rw', format: parquet, options: { saveMode: append } }
                  - name: prices
                    dataset: dataos://raw:none/prices?acl=rw
                    format: parquet
                    options: { saveMode: append }
                    assertions: [ { sql: SELECT count(*) AS rows FROM gate, tests: [ rows > 0 ] } ]
                """);
        Path gate = Files.createDirectories(folder.resolve("in/gate"));

        WorkflowResult first = run(yaml, folder + "/state");

        assertThat(first.jobs().get(0).status()).isEqualTo(Status.FAILED);
        assertThat(prices("out")).isEqualTo("[[2.5], [4.0], [8.0]]");

        Files.writeString(folder.resolve("in/rides/b.json"), "{\"vendor\":3,\"price\":9.0}\n");
        Files.writeString(gate.resolve("open.json"), "{\"open\":true}\n");
        WorkflowResult again = run(yaml, folder + "/state");

        assertThat(again.jobs().get(0).failure()).isEmpty();
        assertThat(prices("out")).isEqualTo("[[2.5], [4.0], [8.0]]");
        assertThat(prices("prices")).isEqualTo("[[2.5], [4.0], [8.0]]");

        WorkflowResult next = run(yaml, folder + "/state");

        assertThat(next.jobs().get(0).rows()).isEqualTo(2);
        assertThat(prices("out")).isEqualTo("[[2.5], [4.0], [8.0], [9.0]]");
        assertThat(prices("prices")).isEqualTo("[[2.5], [4.0], [8.0], [9.0]]");
    }

    @Test
    void anIncrementalReadThatGoesOnNeedsAPlaceForThat() {
        String yaml = job(
                "inputs:\n" + GOES_ON
                        + """
                outputs: [ { name: some, dataset: 'dataos://raw:none/out?acl=rw', format: parquet, options: { saveMode: append } } ]
                """);

        assertThat(problems(yaml))
                .isEqualTo(
                        "wf.yaml:18:19  workflow.dag[0].spec.stackSpec.job.inputs[0].incremental.state: remembers how far it has come"
                                + " from run to run, and needs a place for that; set pipegraph.state to a folder, or that of its workflow (--state)");
    }

    @Test
    void anIncrementalReadBesideAStreamDoesNotGoOn() {
        String yaml = job(
                """
                inputs:
                  - { name: rides, dataset: 'dataos://raw:in/rides', format: json, isStream: true, schemaString: vendor INT }
                """
                        + GOES_ON
                        + """
                streaming: { triggerMode: AvailableNow, checkpointLocation: state }
                steps: [ { sequence: [ { name: both, sql: SELECT r.* FROM rides r JOIN some s USING (vendor) } ] } ]
                outputs: [ { name: both, dataset: 'dataos://raw:none/out?acl=rw', format: parquet, options: { saveMode: append } } ]
                """);

        assertThat(problems(yaml))
                .isEqualTo(
                        "wf.yaml:19:19  workflow.dag[0].spec.stackSpec.job.inputs[1].incremental.state: remembers how far it has come"
                                + " from run to run, and its ETL is a stream, which does so itself");
    }

    @Test
    void aStreamTakesEachFileOnce() throws IOException {
        String yaml = job(
                """
                inputs: [ { name: rides, dataset: 'dataos://raw:in/rides', format: json, isStream: true, schemaString: vendor INT } ]
                streaming: { triggerMode: AvailableNow, outputMode: append, checkpointLocation: '%s/state' }
                outputs: [ { name: rides, dataset: 'dataos://raw:none/out?acl=rw', format: parquet } ]
                """
                        .formatted(folder));

        run(yaml);
        Files.writeString(folder.resolve("in/rides/b.json"), "{\"vendor\":3}\n");
        WorkflowResult second = run(yaml);

        assertThat(second.jobs().get(0).rows()).isEqualTo(1);
        assertThat(spark.read().parquet(folder + "/out").orderBy("vendor").collectAsList())
                .hasToString("[[1], [1], [2], [3]]");
    }

    /** What only the plan finds is said with the place in the text, and the name it has there. */
    @Test
    void thePlanSaysWhereTheTextIsWrong() throws IOException {
        String yaml = job(
                """
                inputs: [ { name: rides, dataset: 'dataos://raw:in/rides', format: json, options: { allowComments: true } } ]
                streaming: { triggerMode: AvailableNow }
                steps: [ { sequence: [ { name: s, sql: 'SELECT :day AS d, * FROM rides' } ] } ]
                outputs: [ { name: s, dataset: 'dataos://raw:none/{a,b}?acl=rw', format: csv, options: { saveMode: append } } ]
                """);

        assertThat(problems(yaml))
                .isEqualTo(
                        """
                        wf.yaml:10:86  workflow.dag[0].spec.stackSpec.job.inputs[0].options: the option allowComments cannot be set: comments in json are not supported
                        wf.yaml:12:47  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].sql: unknown parameter :day; known: partitions, run_date, window_end, window_start
                        wf.yaml:13:35  workflow.dag[0].spec.stackSpec.job.outputs[0].dataset: is a pattern; files can be written to one folder only""");
    }

    private String problems(String yaml) {
        String problems =
                catchThrowableOfType(MillraceException.class, () -> run(yaml)).getMessage();
        return problems.replace(folder.resolve("wf.yaml").toString(), "wf.yaml");
    }

    private String prices(String output) {
        return spark.read()
                .parquet(folder + "/" + output)
                .select("price")
                .orderBy("price")
                .collectAsList()
                .toString();
    }

    private WorkflowResult run(String yaml) throws IOException {
        return run(yaml, null);
    }

    private WorkflowResult run(String yaml, @Nullable String state) throws IOException {
        Path file = Files.writeString(folder.resolve("wf.yaml"), yaml);
        ConfigDocument depots =
                HoconReader.parse("depots.conf", "depots.raw { kind = files, path = \"" + folder + "\" }");
        LoadedWorkflow loaded = Millrace.workflows().load(file, new WorkflowSettings(Map.of(), state, depots));
        try (Millrace millrace = Millrace.on(spark)) {
            return millrace.run(millrace.plan(loaded), WorkflowRequest.all(), WorkflowListener.NONE);
        }
    }

    private static String job(String content) {
        return """
                name: rides
                type: workflow
                workflow:
                  dag:
                    - name: load
                      spec:
                        stack: flare:7.0
                        stackSpec:
                          job:
                """
                + content.indent(12);
    }
}
