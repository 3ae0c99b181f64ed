package io.millrace.workflow.flare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.Millrace;
import io.millrace.config.ConfigDocument;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Texts that are loaded, planned and run. */
@ExtendWith(MillraceSession.class)
class FlareRunIT {

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
                inputs: [ { name: rides, dataset: 'dataos://raw:in/rides', format: json, options: { multiLine: true } } ]
                streaming: { triggerMode: AvailableNow }
                steps: [ { sequence: [ { name: s, sql: 'SELECT :day AS d, * FROM rides' } ] } ]
                outputs: [ { name: s, dataset: 'dataos://raw:none/{a,b}?acl=rw', format: csv, options: { saveMode: append } } ]
                """);
        Path file = folder.resolve("wf.yaml");

        String problems =
                catchThrowableOfType(MillraceException.class, () -> run(yaml)).getMessage();

        assertThat(problems.replace(file.toString(), "wf.yaml"))
                .isEqualTo(
                        """
                        wf.yaml:10:86  workflow.dag[0].spec.stackSpec.job.inputs[0].options: the option multiLine cannot be set: each line of a json file is one record
                        wf.yaml:12:47  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].sql: unknown parameter :day; known: partitions, run_date, window_end, window_start
                        wf.yaml:13:35  workflow.dag[0].spec.stackSpec.job.outputs[0].dataset: is a pattern; files can be written to one folder only""");
    }

    private WorkflowResult run(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("wf.yaml"), yaml);
        ConfigDocument depots =
                HoconReader.parse("depots.conf", "depots.raw { kind = files, path = \"" + folder + "\" }");
        LoadedWorkflow loaded = Millrace.workflows().load(file, new WorkflowSettings(Map.of(), null, depots));
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
