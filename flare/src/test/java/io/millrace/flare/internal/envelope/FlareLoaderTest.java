package io.millrace.flare.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.model.Etl;
import io.millrace.model.Input;
import io.millrace.model.Output;
import io.millrace.model.Reading;
import io.millrace.model.Trigger;
import io.millrace.workflow.Job;
import io.millrace.workflow.JobRetry;
import io.millrace.workflow.LoadedWorkflow;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlareLoaderTest {

    /** Both containers and both forms of outputs, in one workflow. */
    private static final String RIDES =
            """
            version: v1beta1
            name: rides
            type: workflow
            description: Rides of two vendors
            owner: somebody
            tags: [Connect]
            workflow:
              title: Rides
              schedule:
                cron: '*/10 * * * *'
                concurrencyPolicy: Forbid
                endOn: 2030-01-01T23:40:45Z
                timezone: Europe/Zurich
              dag:
              - name: vendor-one
                title: The first
                spec:
                  stack: flare:1.0
                  compute: runnable-default
                  envs:
                  flare:
                    driver: { cores: 1 }
                    job:
                      explain: true
                      inputs:
                        - { name: rides, dataset: 'dataos://raw:none/rides?acl=r', format: JSON, isStream: false }
                      outputs:
                        - { name: out, depot: 'dataos://lake:trips?acl=rw' }
                      steps:
                        - sink:
                            - sequenceName: dated
                              datasetName: rides_04
                              outputName: out
                              outputType: Iceberg
                              outputOptions:
                                saveMode: Append
                                iceberg:
                                  properties: { write.format.default: parquet }
                                  partitionSpec:
                                    - { type: month, column: day, name: month }
                                    - { type: bucket, column: id, numBuckets: 16 }
                                    - { type: truncate, column: flag, width: 4, asColumn: f }
                              tags: [Connect]
                              title: Rides
                          sequence:
                            - { name: first, sql: select * from rides where vendor = 1 }
                            - { name: dated, sql: "SELECT *, to_date(at) AS day FROM first;", doc: adds the day }
              - name: vendor-two
                dependencies: vendor-one
                retry: { count: 2, strategy: OnTransientError, duration: 10s }
                spec:
                  stack: flare:7.0
                  stackSpec:
                    job:
                      inputs:
                        - name: rides
                          dataset: dataos://lake:trips/rides_04
                          options: { branch: audit, split-size: 1000 }
                      outputs:
                        - name: rides
                          dataset: dataos://remote:trips?acl=rw
                          format: iceberg
                          options:
                            saveMode: overwrite
                            compressionType: zstd
                            sort: { mode: global, columns: [ { name: day, order: desc }, { name: id } ] }
                            iceberg:
                              properties: { overwrite-mode: dynamic }
                            extraOptions: { branch: b2, fanout-enabled: 'true' }
                    sparkConf:
                      - spark.sql.shuffle.partitions: 2
            """;

    @Test
    void readsBothFormsIntoPipegraphs() {
        LoadedWorkflow loaded = Flare.load(RIDES);

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.workflow().name()).isEqualTo("rides");
        assertThat(loaded.workflow().description()).isEqualTo("Rides of two vendors");
        Job first = loaded.workflow().jobs().get(0);
        Job second = loaded.workflow().jobs().get(1);
        assertThat(first.description()).isEqualTo("The first");
        assertThat(first.after()).isEmpty();
        assertThat(first.retry()).isEqualTo(JobRetry.NEVER);
        assertThat(second.after()).containsExactly("vendor-one");
        assertThat(second.retry()).isEqualTo(new JobRetry(2, Duration.ofSeconds(10), JobRetry.On.TRANSIENT));
        assertThat(first.pipegraph().pipegraph().name()).isEqualTo("rides/vendor-one");
        assertThat(Flare.etls(first))
                .containsExactly(Etl.named("dated")
                        .input(new Input("rides", "rides", Reading.STATIC))
                        .sql("first", "select * from rides where vendor = 1")
                        .sql("dated", "SELECT *, to_date(at) AS day FROM first")
                        .output("lake.trips.rides_04")
                        .build());
        assertThat(Flare.model(first, "rides").value())
                .hasToString(
                        "{\"path\":\"/data/rides\",\"format\":\"json\",\"options\":{\"fs.s3a.access.key\":\"k\"}}");
        assertThat(Flare.model(first, "lake.trips.rides_04").product()).hasToString("iceberg");
        assertThat(Flare.model(first, "lake.trips.rides_04").value())
                .hasToString("{\"table\":\"lake.trips.rides_04\",\"save-mode\":\"append\","
                        + "\"partition-by\":[\"month(day) AS month\",\"bucket(16, id)\",\"truncate(4, flag) AS f\"],"
                        + "\"properties\":{\"write.format.default\":\"parquet\"}}");
        assertThat(first.pipegraph().document().tree())
                .hasToString("{\"plugin\":{\"iceberg\":{\"catalogs\":{\"lake\":{\"warehouse\":\"/lake\"}}}}}");
        assertThat(Flare.etls(second).get(0).steps()).isEmpty();
        assertThat(Flare.etls(second).get(0).outputs()).containsExactly(Output.to("remote.trips.rides"));
        assertThat(Flare.model(second, "rides").value())
                .hasToString(
                        "{\"table\":\"lake.trips.rides_04\",\"branch\":\"audit\",\"options\":{\"split-size\":\"1000\"}}");
        assertThat(Flare.model(second, "remote.trips.rides").value())
                .hasToString("{\"table\":\"remote.trips.rides\",\"save-mode\":\"overwrite\",\"overwrite\":\"dynamic\","
                        + "\"sort-by\":[\"day DESC\",\"id ASC\"],\"distribution\":\"range\","
                        + "\"properties\":{\"write.parquet.compression-codec\":\"zstd\"},\"branch\":\"b2\","
                        + "\"options\":{\"fanout-enabled\":\"true\"}}");
    }

    @Test
    void saysWhatItIgnores() {
        assertThat(Flare.warnings(Flare.load(RIDES)))
                .isEqualTo(
                        """
                        wf.yaml:9:3  workflow.schedule: is ignored: a run is one run, now; let cron or another scheduler start it at its times
                        wf.yaml:19:7  workflow.dag[0].spec.compute: is ignored: it is for the cluster
                        wf.yaml:22:9  workflow.dag[0].spec.flare.driver: is ignored: it is for the cluster
                        wf.yaml:24:11  workflow.dag[0].spec.flare.job.explain: is ignored: plans are shown by millrace plan
                        wf.yaml:70:9  workflow.dag[1].spec.stackSpec.sparkConf: is ignored: settings of Spark are those of the application that runs the workflow""");
    }

    @Test
    void mergesWithTheNamesOfTheProduct() {
        Job job = Flare.right(
                """
                inputs: [ { name: rides, dataset: 'dataos://lake:trips/changes' } ]
                outputs:
                  - name: rides
                    dataset: dataos://lake:trips/rides?acl=rw
                    options:
                      saveMode: overwrite
                      iceberg:
                        merge:
                          onClause: old.id = new.id
                          whenClause: matched then update set old.a = new.a when not matched then insert *
                """);

        assertThat(Flare.model(job, "lake.trips.rides").value())
                .hasToString(
                        "{\"table\":\"lake.trips.rides\",\"merge\":{\"on\":\"t.id = s.id\","
                                + "\"when\":[\"matched then update set t.a = s.a\",\"not matched then insert *\"]},\"save-mode\":\"merge\"}");
        assertThat(job.pipegraph()
                        .document()
                        .sources()
                        .problem("pipegraph.models.\"lake.trips.rides\".value.merge.when[0]", "is wrong"))
                .hasToString(
                        "wf.yaml:20:23  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.merge.whenClause: is wrong");
    }

    /** As the original's page of merges writes it: beside iceberg, and with the save mode that else would replace the table. */
    @Test
    void mergesWhereverTheKeyStands() {
        LoadedWorkflow loaded = Flare.load(
                Flare.job(
                        """
                        inputs: [ { name: rides, dataset: 'dataos://lake:trips/changes', options: { saveMode: append } } ]
                        outputs:
                          - name: rides
                            dataset: dataos://lake:trips/rides
                            outputType: Iceberg
                            options:
                              saveMode: overwrite
                              merge:
                                onClause: "old.zip = new.zip"
                                whenClause: >
                                  MATCHED THEN UPDATE SET
                                  old.town = new.town
                              properties: { write.format.default: avro, overwrite-mode: dynamic }
                              partitionSpec: [ { type: identity, column: zip } ]
                        """));

        assertThat(loaded.problems()).isEmpty();
        assertThat(Flare.model(loaded.workflow().jobs().get(0), "lake.trips.rides")
                        .value())
                .hasToString("{\"table\":\"lake.trips.rides\",\"merge\":{\"on\":\"t.zip = s.zip\","
                        + "\"when\":[\"MATCHED THEN UPDATE SET t.town = s.town\"]},\"save-mode\":\"merge\","
                        + "\"partition-by\":[\"identity(zip)\"],\"properties\":{\"write.format.default\":\"avro\"}}");
        assertThat(Flare.warnings(loaded))
                .isEqualTo(
                        """
                        wf.yaml:24:19  workflow.dag[0].spec.stackSpec.job.outputs[0].options.partitionSpec: belongs within iceberg, and is read as if it stood there
                        wf.yaml:18:19  workflow.dag[0].spec.stackSpec.job.outputs[0].options.merge: belongs within iceberg, and is read as if it stood there
                        wf.yaml:23:19  workflow.dag[0].spec.stackSpec.job.outputs[0].options.properties: belongs within iceberg, and is read as if it stood there
                        wf.yaml:23:61  workflow.dag[0].spec.stackSpec.job.outputs[0].options.properties.overwrite-mode: is not used: rows are merged
                        wf.yaml:11:89  workflow.dag[0].spec.stackSpec.job.inputs[0].options.saveMode: is ignored: an input is not written""");
    }

    /** Partitions may be said twice, where both say the same. */
    @Test
    void partitionsByColumnsAndByTransforms() {
        Job job = Flare.right(
                """
                inputs: [ { name: a, dataset: 'dataos://lake:trips/a' } ]
                outputs:
                  - name: a
                    dataset: dataos://lake:trips/b
                    options: { saveMode: append, partitionBy: day, iceberg: { partitionSpec: [ { type: identity, column: day } ] } }
                """);

        assertThat(Flare.model(job, "lake.trips.b").value())
                .hasToString(
                        "{\"table\":\"lake.trips.b\",\"save-mode\":\"append\",\"partition-by\":[\"identity(day)\"]}");
    }

    /** Keys that published jobs have, and that do nothing here, or what another key does. */
    @Test
    void readsKeysOfThePlatform() {
        LoadedWorkflow loaded = Flare.load(
                Flare.job(
                        """
                        variables: { keepSystemColumns: 'false' }
                        sparkConf: [ { spark.sql.shuffle.partitions: 2 }, { spark.sql.ansi.enabled: true } ]
                        inputs:
                          - { name: a, dataset: 'dataos://plain:none/a', schemaRegistryUrl: 'http://schemas', isStream: false, options: { saveMode: append } }
                          - { name: b, dataset: 'dataos://stream:none/b', schemaRegistryUrl: 'http://schemas' }
                          - { name: c, dataset: 'dataos://plain:none/c', format: kafkajson, schema: id INT, schemaRegistryUrl: 'http://schemas', isStream: false }
                          - { name: d, dataset: 'dataos://lake:trips/d', schemaRegistryUrl: 'http://schemas' }
                        steps: [ { sequence: [ { name: all, sql: SELECT * FROM a JOIN b JOIN c JOIN d } ] } ]
                        outputs:
                          - { name: all, dataset: 'dataos://lake:trips/all', isStream: true, options: { checkpointLocation: 'dataos://raw:state/all' } }
                          - { name: a, dataset: 'dataos://lake:trips/a', checkpointLocation: 'dataos://raw:state/all', options: { saveMode: append } }
                        """));

        assertThat(loaded.problems()).isEmpty();
        Job job = loaded.workflow().jobs().get(0);
        assertThat(job.settings()).isEqualTo(Map.of("spark.sql.ansi.enabled", "true"));
        assertThat(job.pipegraph().pipegraph().state()).contains("/data/state/all");
        assertThat(Flare.model(job, "a").value())
                .hasToString(
                        "{\"bootstrap-servers\":[\"a:1\",\"b:2\"],\"topic\":\"a\",\"decode\":{\"format\":\"confluent-avro\",\"registry\":{\"url\":\"http://schemas\"}}}");
        assertThat(Flare.model(job, "b").value().path("decode"))
                .hasToString("{\"format\":\"confluent-avro\",\"registry\":{\"url\":\"http://registry\"}}");
        assertThat(Flare.warnings(loaded))
                .isEqualTo(
                        """
                        wf.yaml:12:13  workflow.dag[0].spec.stackSpec.job.sparkConf: is ignored: settings of Spark are those of the application that runs the workflow; spark.sql.ansi.enabled alone is that of the job
                        wf.yaml:11:26  workflow.dag[0].spec.stackSpec.job.variables.keepSystemColumns: is ignored: no columns of the platform are added here
                        wf.yaml:14:127  workflow.dag[0].spec.stackSpec.job.inputs[0].options.saveMode: is ignored: an input is not written
                        wf.yaml:15:63  workflow.dag[0].spec.stackSpec.job.inputs[1].schemaRegistryUrl: is ignored: the depot stream says which registry is asked
                        wf.yaml:16:97  workflow.dag[0].spec.stackSpec.job.inputs[2].schemaRegistryUrl: is ignored: no registry is asked for the schema of these records
                        wf.yaml:17:62  workflow.dag[0].spec.stackSpec.job.inputs[3].schemaRegistryUrl: is ignored: the dataset is no topic
                        wf.yaml:20:66  workflow.dag[0].spec.stackSpec.job.outputs[0].isStream: is ignored: an input says whether its rows stream
                        wf.yaml:21:62  workflow.dag[0].spec.stackSpec.job.outputs[1].checkpointLocation: is ignored: nothing streams into this output""");
    }

    /** It writes nothing; and ANSI mode is that of Spark 3, as the job says nothing else. */
    @Test
    void aJobWithAssertionsOnlyLooksAtWhatItComesTo() {
        Job job = Flare.right(
                """
                inputs: [ { name: rides, dataset: 'dataos://lake:trips/rides' } ]
                steps:
                  - sequence:
                      - { name: long, sql: SELECT * FROM rides WHERE minutes > 60 }
                assertions: [ { column: minutes, tests: [ max < 1440 ] } ]
                """);

        assertThat(job.settings()).isEqualTo(Map.of("spark.sql.ansi.enabled", "false"));
        assertThat(Flare.etls(job)).singleElement().satisfies(etl -> {
            assertThat(etl.name()).isEqualTo("long");
            assertThat(etl.outputs()).isEmpty();
            assertThat(etl.steps())
                    .hasToString(
                            "[SqlStep[name=long, sql=SELECT * FROM rides WHERE minutes > 60], "
                                    + "StrategyStep[name=long#checked, className=io.millrace.flare.internal.strategy.AssertionCheck, "
                                    + "configuration={\"of\":\"long\",\"writes\":false,\"checks\":[{\"column\":\"minutes\",\"tests\":[\"max < 1440\"]}]}]]");
        });
        assertThat(job.pipegraph().document().sources().problem("pipegraph.etls[0]", "is wrong"))
                .hasToString("wf.yaml:15:13  workflow.dag[0].spec.stackSpec.job.assertions: is wrong");
    }

    @Test
    void writesFilesAndTopics() {
        Job job = Flare.right(
                """
                inputs:
                  - { name: rides, dataset: 'dataos://raw:in/rides', format: csv, options: { header: true }, schemaString: 'id BIGINT NOT NULL, day DATE' }
                steps:
                  - sequence: [ { name: good, sql: SELECT * FROM rides WHERE id > 0 } ]
                outputs:
                  - name: good
                    dataset: dataos://raw:none/out/good?acl=rw
                    format: Parquet
                    options:
                      saveMode: overwrite
                      partitionBy: day
                      compressionType: gzip
                      sort: { mode: partition, columns: [ { name: id } ] }
                  - name: good
                    dataset: dataos://stream:none/good?acl=rw
                    format: KafkaAvro
                    options: { saveMode: append, extraOptions: { kafka.linger.ms: 5 } }
                """);

        assertThat(Flare.model(job, "rides").value())
                .hasToString("{\"path\":\"/data/in/rides\",\"format\":\"csv\",\"schema\":\"id BIGINT,day DATE\","
                        + "\"options\":{\"fs.s3a.access.key\":\"k\",\"header\":\"true\"}}");
        assertThat(Flare.model(job, "raw.out.good").value())
                .hasToString(
                        "{\"path\":\"/data/out/good\",\"format\":\"parquet\",\"save-mode\":\"overwrite\",\"partition-by\":[\"day\"],"
                                + "\"options\":{\"fs.s3a.access.key\":\"k\",\"compression\":\"gzip\"}}");
        assertThat(Flare.model(job, "stream.good").value())
                .hasToString("{\"bootstrap-servers\":\"localhost:9092\",\"topic\":\"good\","
                        + "\"kafka\":{\"security.protocol\":\"SSL\",\"linger.ms\":\"5\"},"
                        + "\"encode\":{\"format\":\"confluent-avro\",\"registry\":{\"url\":\"http://registry\"}}}");
        assertThat(Flare.etls(job)).extracting(Etl::name).containsExactly("good", "good-2");
        assertThat(Flare.etls(job).get(0).steps())
                .hasToString("[SqlStep[name=good, sql=SELECT * FROM rides WHERE id > 0], "
                        + "SqlStep[name=good#sorted, sql=SELECT * FROM `good` SORT BY `id` ASC]]");
    }

    @Test
    void readsTopics() {
        Job job = Flare.right(
                """
                inputs:
                  - { name: a, dataset: 'dataos://stream:none/a', schemaSubject: s, options: { startingOffsets: latest, maxOffsetsPerTrigger: 5 } }
                  - { name: b, dataset: 'dataos://plain:none/b', format: kafkajson, schemaString: id INT, isStream: false }
                  - { name: c, dataset: 'dataos://plain:none/c', isStream: false }
                streaming: { triggerMode: ProcessingTime, triggerDuration: 10 seconds, outputMode: append, checkpointLocation: /state }
                steps:
                  - sequence: [ { name: all, sql: SELECT a.* FROM a JOIN b USING (id) CROSS JOIN c } ]
                outputs: [ { name: all, dataset: 'dataos://lake:x/all?acl=rw' } ]
                """);

        assertThat(Flare.model(job, "a").value())
                .hasToString(
                        "{\"bootstrap-servers\":\"localhost:9092\",\"topic\":\"a\",\"kafka\":{\"security.protocol\":\"SSL\"},"
                                + "\"decode\":{\"format\":\"confluent-avro\",\"registry\":{\"url\":\"http://registry\"},\"subject\":\"s\"},"
                                + "\"starting-offsets\":\"latest\",\"max-offsets-per-trigger\":\"5\"}");
        assertThat(Flare.model(job, "b").value())
                .hasToString(
                        "{\"bootstrap-servers\":[\"a:1\",\"b:2\"],\"topic\":\"b\",\"decode\":{\"format\":\"json\",\"schema\":\"id INT\"}}");
        assertThat(Flare.model(job, "c").value())
                .hasToString(
                        "{\"bootstrap-servers\":[\"a:1\",\"b:2\"],\"topic\":\"c\",\"decode\":{\"format\":\"binary\"}}");
        assertThat(Flare.etls(job).get(0).trigger()).isEqualTo(new Trigger.Every(Duration.ofSeconds(10)));
        assertThat(Flare.etls(job).get(0).inputs())
                .hasToString(
                        "[Input[view=a, model=a, reading=STREAM], Input[view=b, model=b, reading=STATIC], Input[view=c, model=c, reading=STATIC]]");
        assertThat(job.pipegraph().pipegraph().state()).contains("/state");
        assertThat(Flare.model(job, "lake.x.all").value())
                .hasToString("{\"table\":\"lake.x.all\",\"save-mode\":\"append\"}");
    }

    @Test
    void aCheckpointMayBeAnAddress() {
        String job =
                """
                inputs: [ { name: a, dataset: 'dataos://plain:none/a', format: kafkajson, schema: id INT } ]
                streaming: { checkpointLocation: '%s', batchMode: true, showPreviewLines: 5 }
                outputs: [ { name: a, dataset: 'dataos://lake:x/a?acl=rw', columnTags: [] } ]
                """;

        assertThat(Flare.right(job.formatted("dataos://raw:state/a"))
                        .pipegraph()
                        .pipegraph()
                        .state())
                .contains("/data/state/a");
        assertThat(Flare.right(job.formatted("dataos://lake:state/a?acl=rw"))
                        .pipegraph()
                        .pipegraph()
                        .state())
                .contains("/lake/state/a");
        assertThat(Flare.problems(Flare.load(Flare.job(job.formatted("dataos://remote:state/a")))))
                .isEqualTo(
                        "wf.yaml:12:26  workflow.dag[0].spec.stackSpec.job.streaming.checkpointLocation: must be in a depot of files, or of an Iceberg catalog with a warehouse, which remote is not");
    }

    /** What a parser without a session does not know, a session's does. */
    @Test
    void queriesMaySayHowRowsAreDistributed() {
        Job job = Flare.right(
                """
                inputs: [ { name: rides, dataset: 'dataos://lake:trips/rides' } ]
                steps:
                  - sequence:
                      - { name: spread, sql: SELECT * FROM rides DISTRIBUTE BY vendor SORT BY day }
                      - { name: together, sql: SELECT * FROM spread CLUSTER BY vendor }
                outputs: [ { name: together, dataset: 'dataos://lake:trips/a?acl=rw', options: { saveMode: append } } ]
                """);

        assertThat(Flare.etls(job).get(0).steps()).hasSize(2);
    }

    @Test
    void namesOfViewsAreThoseOfSql() {
        Job job = Flare.right(
                """
                inputs: [ { name: Rides, dataset: 'dataos://lake:trips/rides' }, { name: other, dataset: 'dataos://lake:trips/other' } ]
                steps:
                  - sequence:
                      - { name: Dated, sql: SELECT * FROM RIDES }
                      - { name: one, sql: SELECT 1 AS n }
                outputs:
                  - { name: dated, dataset: 'dataos://lake:trips/a?acl=rw', options: { saveMode: append } }
                  - { name: one, dataset: 'dataos://lake:trips/b?acl=rw', options: { saveMode: append } }
                """);

        assertThat(Flare.etls(job)).extracting(Etl::name).containsExactly("Dated", "one");
        assertThat(Flare.etls(job).get(0).inputs()).extracting(Input::view).containsExactly("Rides");
        assertThat(Flare.etls(job).get(1).inputs()).extracting(Input::view).containsExactly("Rides", "other");
    }

    @Test
    void severalDocumentsAreOneWorkflow() {
        String document =
                """
                ---
                name: %1$s
                type: workflow
                workflow:
                  dag:
                    - { name: %1$s-1, spec: { stack: toolbox, stackSpec: { dataset: 'dataos://lake:x/y', action: { name: set_version, value: v3.metadata.json } } } }
                    - { name: %1$s-2, dependencies: [%1$s-1], spec: { stack: toolbox, toolbox: { dataset: 'dataos://lake:x/y', action: { name: set_version, value: latest } } } }
                """;

        LoadedWorkflow loaded = Flare.load(document.formatted("a") + document.formatted("b"));

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.workflow().name()).isEqualTo("a");
        assertThat(loaded.workflow().jobs())
                .extracting(each -> each.name() + " after " + each.after())
                .containsExactly(
                        "a-1 after []", "a-2 after [a-1]", "b-1 after [a-1, a-2]", "b-2 after [b-1, a-1, a-2]");
        assertThat(loaded.workflow().jobs().get(0).actions())
                .hasToString(
                        "[TableAction[name=set_version, model=lake.x.y, options={\"version\":\"v3.metadata.json\"}]]");
    }

    @Test
    void actionsAreDoneToTheTablesOfInputs() {
        Job job = Flare.right(
                """
                inputs:
                  - { name: rides, dataset: 'dataos://lake:trips/rides?acl=rw' }
                actions:
                  - { name: delete_from_dataset, input: rides, deleteWhere: "target.state = 'AL' AND day < DATE'2024-01-01'" }
                  - { name: expire_snapshots, input: rides, options: { retainLast: 5, snapshotIds: ["12"] } }
                """);

        assertThat(Flare.etls(job)).isEmpty();
        assertThat(job.actions())
                .hasToString(
                        "[TableAction[name=delete_from_dataset, model=rides, options={\"deleteWhere\":\"state = 'AL' AND day < DATE'2024-01-01'\"}], "
                                + "TableAction[name=expire_snapshots, model=rides, options={\"retainLast\":5,\"snapshotIds\":[\"12\"]}]]");
        assertThat(job.pipegraph()
                        .document()
                        .sources()
                        .problem(job.path() + ".actions[1].options.retain-last", "is wrong"))
                .hasToString("wf.yaml:15:57  workflow.dag[0].spec.stackSpec.job.actions[1].options: is wrong");
        assertThat(job.pipegraph()
                        .document()
                        .sources()
                        .problem(job.path() + ".actions[1].options.retainLast", "is wrong"))
                .hasToString(
                        "wf.yaml:15:68  workflow.dag[0].spec.stackSpec.job.actions[1].options.retainLast: is wrong");
    }

    @Test
    void whatQueriesAreMadeOfIsHandedToThePlanner() {
        LoadedWorkflow loaded = Flare.load(
                """
                version: v1
                name: rides
                type: workflow
                workflow:
                  dag:
                    - name: one
                      spec: &spec
                        stack: flare:7.0
                        stackSpec:
                          job:
                            inputs:
                              - { name: rides, dataset: 'dataos://lake:raw/rides' }
                            steps:
                              - sequence:
                                  - { name: long, sql: 'SELECT * FROM rides WHERE minutes > 60' }
                            outputs:
                              - { name: long, dataset: 'dataos://lake:trips/long?acl=rw', options: { saveMode: append } }
                    - name: two
                      spec: *spec
                """);

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.queries())
                .isEqualTo(Map.of(
                        "SELECT * FROM rides WHERE minutes > 60",
                        new SqlSyntax.Query(Set.of("rides"), Set.of(), false, false)));
    }
}
