package io.millrace.flare.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.workflow.LoadedWorkflow;
import org.junit.jupiter.api.Test;

/** What is wrong with how something is read, checked or written, and with the envelope around it. */
class BadOptionsTest {

    @Test
    void partitionsSortingAndMerges() {
        refused(
                Flare.job(
                        """
                        inputs: [ { name: a, dataset: 'dataos://lake:trips/a' } ]
                        outputs:
                          - name: a
                            dataset: dataos://lake:trips/x?acl=rw
                            options:
                              saveMode: upsert
                              sort: { mode: local, columns: [ { name: id, order: down }, { order: asc } ] }
                              colour: red
                              iceberg:
                                properties: { overwrite-mode: dynamc }
                                partitionSpec:
                                  - { type: week, column: day }
                                  - { type: bucket, column: id }
                                  - { type: bucket, column: id, numBuckets: 0 }
                                  - { type: truncate, column: id }
                                  - { type: month, column: day, numBuckets: 4, width: 3 }
                                  - { type: month, name: m, asColumn: n }
                                  - { column: day }
                                merge: { onClause: old.id = new.id, whenClause: update set * }
                          - name: a
                            dataset: dataos://lake:trips/y?acl=rw
                            options: { saveMode: append, iceberg: { merge: { on: x } } }
                        """),
                """
                wf.yaml:16:19  workflow.dag[0].spec.stackSpec.job.outputs[0].options.saveMode: unknown value "upsert"; known: append, overwrite
                wf.yaml:17:27  workflow.dag[0].spec.stackSpec.job.outputs[0].options.sort.mode: unknown value "local"; known: global, partition
                wf.yaml:17:63  workflow.dag[0].spec.stackSpec.job.outputs[0].options.sort.columns[0].order: unknown value "down"; known: asc, desc
                wf.yaml:17:78  workflow.dag[0].spec.stackSpec.job.outputs[0].options.sort.columns[1].name: is missing
                wf.yaml:18:19  workflow.dag[0].spec.stackSpec.job.outputs[0].options.colour: unknown key; known: checkpointLocation, compressionType, extraOptions, iceberg, merge, partitionBy, partitionSpec, properties, saveMode, sort
                wf.yaml:20:21  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.properties: overwrite-mode: unknown value "dynamc"; did you mean "dynamic"? (known: dynamic, static)
                wf.yaml:22:27  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.partitionSpec[0].type: unknown transform "week"; known: bucket, day, hour, identity, month, truncate, year
                wf.yaml:23:25  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.partitionSpec[1].numBuckets: is missing; a bucket needs it: how many buckets there are
                wf.yaml:24:53  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.partitionSpec[2].numBuckets: must be a whole number from 1 to 2147483647, not 0
                wf.yaml:25:25  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.partitionSpec[3].width: is missing; a truncate needs it: how much of a value is kept
                wf.yaml:26:53  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.partitionSpec[4].numBuckets: is for type: bucket only
                wf.yaml:26:68  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.partitionSpec[4].width: is for type: truncate only
                wf.yaml:27:25  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.partitionSpec[5].column: is missing
                wf.yaml:27:49  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.partitionSpec[5].asColumn: cannot stand beside name, which says the same
                wf.yaml:28:25  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.partitionSpec[6].type: is missing
                wf.yaml:29:57  workflow.dag[0].spec.stackSpec.job.outputs[0].options.iceberg.merge.whenClause: must be clauses such as MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *
                wf.yaml:32:57  workflow.dag[0].spec.stackSpec.job.outputs[1].options.iceberg.merge.onClause: is missing
                wf.yaml:32:57  workflow.dag[0].spec.stackSpec.job.outputs[1].options.iceberg.merge.whenClause: is missing
                wf.yaml:32:66  workflow.dag[0].spec.stackSpec.job.outputs[1].options.iceberg.merge.on: unknown key; known: onClause, whenClause""");
    }

    @Test
    void assertionsActionsAndStreams() {
        refused(
                Flare.job(
                        """
                        inputs:
                          - { name: a, dataset: 'dataos://lake:trips/a?acl=r', schemaType: xsd }
                          - { name: f, dataset: 'dataos://raw:none/f', format: csv, schemaString: '{"type":"array"}' }
                          - { name: g, dataset: 'dataos://raw:none/f', format: csv, schemaPath: missing.avsc, schemaId: 3 }
                          - name: h
                            dataset: dataos://lake:trips/h
                            isStream: true
                            incremental: { context: c, sql: 'SELECT $|to|', keys: [ { name: from, sql: 'SELECT $|form|' } ] }
                        streaming: { triggerMode: Sometimes, triggerDuration: soon, outputMode: complete }
                        assertions:
                          - { tests: [ a > 1 ] }
                          - { column: x }
                          - { column: x, sql: SELECT 1, tests: [ avg > 1 ] }
                          - { column: x, filter: a ==== 1, tests: [ 'averag > 1', 'avg >', 'invalid_count = 0' ] }
                          - { column: x, validFormat: { regex: '(' }, tests: [ invalid_count = 0 ] }
                          - { sql: SELECT x FROM nowhere, validFormat: { regex: x }, tests: [ x > 1 ] }
                        actions:
                          - { name: rewrite_datasets, input: a }
                          - { name: rewrite_dataset, input: b }
                          - { name: delete_from_dataset, input: h }
                          - { name: rewrite_manifest, input: f, deleteWhere: id = 1 }
                          - { name: expire_snapshots, input: a }
                        """),
                """
                wf.yaml:12:68  workflow.dag[0].spec.stackSpec.job.inputs[0].schemaType: unknown value "xsd"; known: avro, ddl, spark, sparkjson
                wf.yaml:13:73  workflow.dag[0].spec.stackSpec.job.inputs[1].schemaString: is not a schema: Array has no items type: {"type":"array"}
                wf.yaml:14:99  workflow.dag[0].spec.stackSpec.job.inputs[2].schemaId: is not supported; name the subject with schemaSubject
                wf.yaml:14:73  workflow.dag[0].spec.stackSpec.job.inputs[2].schemaPath: no such file: missing.avsc
                wf.yaml:18:87  workflow.dag[0].spec.stackSpec.job.inputs[3].incremental.keys[0].sql: uses $|form|, which no key before it is named; known: none
                wf.yaml:18:44  workflow.dag[0].spec.stackSpec.job.inputs[3].incremental.sql: uses $|to|, which no key before it is named; known: from
                wf.yaml:19:26  workflow.dag[0].spec.stackSpec.job.streaming.triggerMode: unknown value "Sometimes"; did you mean "OneTime"? (known: AvailableNow, Continuous, Once, OneTime, ProcessingTime)
                wf.yaml:19:50  workflow.dag[0].spec.stackSpec.job.streaming.triggerDuration: must be a duration such as 10s or 2 minutes, not "soon"
                wf.yaml:19:73  workflow.dag[0].spec.stackSpec.job.streaming.outputMode: cannot be complete: each micro-batch is written by itself, so rows are only appended; write append, or merge into an Iceberg table
                wf.yaml:21:17  workflow.dag[0].spec.stackSpec.job.assertions[0]: an assertion needs either column or sql
                wf.yaml:22:17  workflow.dag[0].spec.stackSpec.job.assertions[1].tests: is missing; write a list such as [avg > 100, missing_count = 0]
                wf.yaml:23:17  workflow.dag[0].spec.stackSpec.job.assertions[2]: an assertion needs either column or sql
                wf.yaml:24:30  workflow.dag[0].spec.stackSpec.job.assertions[3].filter: is not a Spark SQL expression: Syntax error at or near '=='.
                    a ==== 1
                        ^
                wf.yaml:24:48  workflow.dag[0].spec.stackSpec.job.assertions[3].tests: "averag > 1": unknown metric "averag"; known: avg, avg_length, distinct_count, duplicate_count, invalid_count, invalid_percentage, max, max_length, min, min_length, missing_count, missing_percentage, sum
                wf.yaml:24:48  workflow.dag[0].spec.stackSpec.job.assertions[3].tests: is not a Spark SQL expression: Syntax error at or near end of input.
                    avg >
                         ^
                wf.yaml:24:48  workflow.dag[0].spec.stackSpec.job.assertions[3].tests: "invalid_count = 0": invalid_count needs validFormat: { regex: … }
                wf.yaml:25:45  workflow.dag[0].spec.stackSpec.job.assertions[4].validFormat.regex: is not a regular expression: Unclosed group
                wf.yaml:26:19  workflow.dag[0].spec.stackSpec.job.assertions[5].sql: reads the view "nowhere", and no input and no step is named "nowhere"; known: a, f, g, h
                wf.yaml:26:47  workflow.dag[0].spec.stackSpec.job.assertions[5].validFormat: is for a column, not for sql
                wf.yaml:28:19  workflow.dag[0].spec.stackSpec.job.actions[0].name: unknown action "rewrite_datasets"; did you mean "rewrite_dataset"? (known: delete_from_dataset, expire_snapshots, remove_orphans, rewrite_dataset, rewrite_manifest)
                wf.yaml:28:43  workflow.dag[0].spec.stackSpec.job.actions[0].input: must not be changed: acl=r of its address is for reading; write ?acl=rw
                wf.yaml:29:42  workflow.dag[0].spec.stackSpec.job.actions[1].input: no input is named "b"; did you mean "a"? (known: a, f, g, h)
                wf.yaml:30:17  workflow.dag[0].spec.stackSpec.job.actions[2].deleteWhere: is missing; which rows are deleted
                wf.yaml:31:53  workflow.dag[0].spec.stackSpec.job.actions[3].deleteWhere: is for delete_from_dataset only
                wf.yaml:31:43  workflow.dag[0].spec.stackSpec.job.actions[3].input: only a table of an Iceberg depot can be acted on, and raw is of kind files
                wf.yaml:32:43  workflow.dag[0].spec.stackSpec.job.actions[4].input: must not be changed: acl=r of its address is for reading; write ?acl=rw""");
    }

    @Test
    void theEnvelope() {
        refused(
                """
                version: one
                name: taxi
                type: workflow
                nme: x
                workflow:
                  schedule: { cron: every day, concurrencyPolicy: Allows, endOn: tomorrow, timezone: Mars/Olympus, at: 1 }
                  dag:
                    - name: a
                      dependencies: [b, c, a]
                      retry: { count: -1, strategy: OnFriday, duration: x }
                      spec: { stack: 'soda:1.0', stackSpec: {} }
                    - name: b
                      dependencies: a
                      spec: { stack: flare, computr: x }
                    - name: a
                      spec: { stack: 'flare:7.0', flare: { jobs: {} } }
                    - { spec: { stack: 'flare:7.0', flare: { job: { input: [] } } } }
                    - { name: d, file: missing.yaml }
                """,
                """
                wf.yaml:1:1  version: must be one such as v1 or v1beta1, not "one"
                wf.yaml:4:1  nme: unknown key; did you mean "name"? (known: description, layer, name, owner, tags, title, type, version, workflow, workspace)
                wf.yaml:6:15  workflow.schedule.cron: is not a cron expression: has 2 fields; write minute, hour, day of the month, month, day of the week, as in "*/10 * * * *"
                wf.yaml:6:32  workflow.schedule.concurrencyPolicy: unknown value "Allows"; did you mean "Allow"? (known: Allow, Forbid, Replace)
                wf.yaml:6:59  workflow.schedule.endOn: must be a time such as 2030-01-31T23:30:45Z, not "tomorrow"
                wf.yaml:6:76  workflow.schedule.timezone: must be a time zone such as Europe/Zurich, not "Mars/Olympus"
                wf.yaml:6:100  workflow.schedule.at: unknown key; known: concurrencyPolicy, cron, endOn, timezone
                wf.yaml:9:7  workflow.dag[0].dependencies: no job is named "c"; did you mean "a"? (known: a, b, job)
                wf.yaml:9:7  workflow.dag[0].dependencies: jobs wait for each other in a circle: a -> b -> a; let one of them not wait
                wf.yaml:10:16  workflow.dag[0].retry.count: must be from 0 to 1000, not -1
                wf.yaml:10:27  workflow.dag[0].retry.strategy: unknown value "OnFriday"; known: Always, OnError, OnFailure, OnTransientError
                wf.yaml:10:47  workflow.dag[0].retry.duration: must be a duration such as 10s or 2 minutes, not "x"
                wf.yaml:11:15  workflow.dag[0].spec.stack: unknown stack "soda:1.0"; known: alpha, flare, toolbox
                wf.yaml:14:7  workflow.dag[1].spec.flare: is missing; what stack flare is to do stands in it, or in stackSpec
                wf.yaml:14:29  workflow.dag[1].spec.computr: unknown key; did you mean "compute"? (known: compute, configs, dataosSecrets, dataosVolumes, description, dryRun, envs, flare, logLevel, persistentVolume, resource, resources, retry, runAsApiKey, runAsUser, secrets, stack, stackSpec, tags, tempVolume, tier, title, topology)
                wf.yaml:15:7  workflow.dag[2].name: two jobs are named "a"; rename one
                wf.yaml:16:35  workflow.dag[2].spec.flare.job: is missing
                wf.yaml:16:44  workflow.dag[2].spec.flare.jobs: unknown key; did you mean "job"? (known: configs, driver, executor, job, sparkConf, udfs)
                wf.yaml:17:7  workflow.dag[3].name: is missing
                wf.yaml:17:46  workflow.dag[3].spec.flare.job.inputs: is missing; a job needs at least one input
                wf.yaml:17:46  workflow.dag[3].spec.flare.job.outputs: is missing; a job needs outputs, assertions or actions
                wf.yaml:17:53  workflow.dag[3].spec.flare.job.input: unknown key; did you mean "inputs"? (known: actions, assertions, explain, inputs, logLevel, outputs, showPreviewLines, sparkConf, steps, streaming, udfs, variables)
                wf.yaml:18:18  workflow.dag[4].file: missing.yaml: no such file""");
    }

    @Test
    void toolsOfWhichOnlyOneThingIsKnown() {
        refused(
                """
                name: tools
                type: workflow
                workflow:
                  dag:
                    - { name: a, spec: { stack: alpha, alpha: { image: x, arguments: [dataset, list] } } }
                    - { name: b, spec: { stack: alpha, alpha: { image: x, arguments: [dataset, set-metadata, --address, 'dataos://raw:none/x', --version=latest] } } }
                    - { name: c, spec: { stack: alpha, alpha: { image: x, arguments: [dataset, set-metadata, --address] } } }
                    - { name: d, spec: { stack: alpha, alpha: { arguments: [dataset, set-metadata, -a, 'dataos://lake:x/y', --verson, latest] } } }
                    - { name: e, spec: { stack: alpha, alpha: { image: x } } }
                    - { name: f, spec: { stack: toolbox, toolbox: { dataset: 'dataos://lake:x/y', action: { name: set_versions, value: latest } } } }
                    - { name: g, spec: { stack: toolbox } }
                """,
                """
                wf.yaml:5:59  workflow.dag[0].spec.alpha.arguments: are of another command; of stack alpha only "dataset set-metadata --address A --version latest" is known
                wf.yaml:6:59  workflow.dag[1].spec.alpha.arguments: only a table of an Iceberg depot has versions, and raw is of kind files
                wf.yaml:7:59  workflow.dag[2].spec.alpha.arguments: "--address" is no option with a value; of stack alpha only "dataset set-metadata --address A --version latest" is known
                wf.yaml:8:49  workflow.dag[3].spec.alpha.arguments.version: is missing
                wf.yaml:8:49  workflow.dag[3].spec.alpha.arguments.verson: unknown key; did you mean "version"? (known: address, version)
                wf.yaml:9:40  workflow.dag[4].spec.alpha.arguments: is missing; of stack alpha only "dataset set-metadata --address A --version latest" is known
                wf.yaml:10:93  workflow.dag[5].spec.toolbox.action.name: unknown action "set_versions"; known: set_version
                wf.yaml:11:18  workflow.dag[6].spec.toolbox: is missing; what stack toolbox is to do stands in it, or in stackSpec""");
    }

    @Test
    void documentsThatAreNoWorkflows() {
        refused(
                "type: depot\nname: x\n---\nname: x\n---\nname: x\ntype: workflow\nworkflow: { dag: [] }\n",
                """
                wf.yaml:1:1  type: unknown value "depot"; only workflows are read: type: workflow
                wf.yaml:4:1  type: is missing; write type: workflow
                wf.yaml:8:13  workflow.dag: is empty; a workflow needs at least one job""");
        refused("# nothing\n", "wf.yaml  holds no workflow");
    }

    @Test
    void whatIsNotAppliedIsSaid() {
        LoadedWorkflow loaded = Flare.load(
                Flare.job(
                        """
                inputs: [ { name: a, dataset: 'dataos://lake:trips/a' } ]
                streaming: { triggerMode: Continuous }
                steps: [ { sequence: [ { name: spare, sql: SELECT * FROM a } ] } ]
                outputs:
                  - name: a
                    dataset: dataos://lake:trips/x?acl=rw
                    options: { iceberg: { properties: { overwrite-mode: dynamic } }, partitionSpec: [] }
                  - name: a
                    dataset: dataos://raw:none/x?acl=rw
                    format: parquet
                    options: { saveMode: append, iceberg: { partitionSpec: [], properties: { overwrite-mode: dynamic } } }
                  - name: a
                    dataset: dataos://lake:trips/y?acl=rw
                    options: { saveMode: append, properties: { overwrite-mode: dynamic } }
                  - name: a
                    dataset: dataos://stream:none/x?acl=rw
                    options: { saveMode: overwrite, partitionSpec: [] }
                """));

        assertThat(loaded.problems()).isEmpty();
        assertThat(Flare.warnings(loaded))
                .isEqualTo(
                        """
                        wf.yaml:12:26  workflow.dag[0].spec.stackSpec.job.streaming.triggerMode: Continuous means micro-batches one after the other
                        wf.yaml:12:13  workflow.dag[0].spec.stackSpec.job.streaming: is not used: no input has isStream: true
                        wf.yaml:17:17  workflow.dag[0].spec.stackSpec.job.outputs[0].options.saveMode: is missing, which means overwrite; write saveMode: append where rows that are there are to stay
                        wf.yaml:17:82  workflow.dag[0].spec.stackSpec.job.outputs[0].options.partitionSpec: belongs within iceberg, and is read as if it stood there
                        wf.yaml:21:57  workflow.dag[0].spec.stackSpec.job.outputs[1].options.iceberg.partitionSpec: is not applied: the dataset is not an Iceberg table
                        wf.yaml:21:76  workflow.dag[0].spec.stackSpec.job.outputs[1].options.iceberg.properties: is not applied: the dataset is not an Iceberg table
                        wf.yaml:24:46  workflow.dag[0].spec.stackSpec.job.outputs[2].options.properties: belongs within iceberg, and is read as if it stood there
                        wf.yaml:24:60  workflow.dag[0].spec.stackSpec.job.outputs[2].options.properties.overwrite-mode: is not used: rows are appended
                        wf.yaml:27:49  workflow.dag[0].spec.stackSpec.job.outputs[3].options.partitionSpec: is not applied: the dataset is not an Iceberg table
                        wf.yaml:13:36  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0]: no output needs this step; it is left out
                        wf.yaml:27:28  workflow.dag[0].spec.stackSpec.job.outputs[3].options.saveMode: is ignored: a topic is only appended to""");
    }

    /** What decides which rows are there afterwards is never passed over. */
    @Test
    void optionsThatContradictEachOther() {
        refused(
                Flare.job(
                        """
                        inputs: [ { name: a, dataset: 'dataos://lake:trips/a' } ]
                        outputs:
                          - name: a
                            dataset: dataos://raw:none/x
                            format: parquet
                            options: { saveMode: overwrite, merge: { onClause: old.id = new.id, whenClause: MATCHED THEN DELETE } }
                          - name: a
                            dataset: dataos://raw:none/y
                            format: parquet
                            options: { saveMode: overwrite, iceberg: { properties: { overwrite-mode: Dynamic } } }
                          - name: a
                            dataset: dataos://stream:none/x
                            options: { iceberg: { merge: { onClause: old.id = new.id, whenClause: MATCHED THEN DELETE } } }
                          - name: a
                            dataset: dataos://lake:trips/x
                            format: iceberg
                            outputType: parquet
                            options:
                              saveMode: append
                              partitionBy: [ day, vendor ]
                              compressionType: gzip
                              iceberg: { partitionSpec: [ { type: month, column: day } ], properties: { write.parquet.compression-codec: zstd } }
                              partitionSpec: [ { type: identity, column: day } ]
                              properties: { write.format.default: parquet }
                              merge: { on: old.id = new.id }
                        """),
                """
                wf.yaml:16:49  workflow.dag[0].spec.stackSpec.job.outputs[0].options.merge: cannot be done: rows are merged into Iceberg tables only, and the depot raw is of kind files
                wf.yaml:20:60  workflow.dag[0].spec.stackSpec.job.outputs[1].options.iceberg.properties: overwrite-mode cannot be dynamic: only Iceberg tables are overwritten by their partitions, and the depot raw is of kind files
                wf.yaml:23:39  workflow.dag[0].spec.stackSpec.job.outputs[2].options.iceberg.merge: cannot be done: rows are merged into Iceberg tables only, and the depot stream is of kind kafka
                wf.yaml:27:17  workflow.dag[0].spec.stackSpec.job.outputs[3].outputType: says parquet, and format says iceberg; remove one of the two
                wf.yaml:30:19  workflow.dag[0].spec.stackSpec.job.outputs[3].options.partitionBy: says identity(day), identity(vendor), and partitionSpec says month(day); remove one of the two
                wf.yaml:31:19  workflow.dag[0].spec.stackSpec.job.outputs[3].options.compressionType: says gzip, and write.parquet.compression-codec in properties says zstd; remove one of the two
                wf.yaml:33:19  workflow.dag[0].spec.stackSpec.job.outputs[3].options.partitionSpec: stands within iceberg too; remove one of the two
                wf.yaml:34:19  workflow.dag[0].spec.stackSpec.job.outputs[3].options.properties: stands within iceberg too; remove one of the two
                wf.yaml:35:19  workflow.dag[0].spec.stackSpec.job.outputs[3].options.merge.onClause: is missing
                wf.yaml:35:19  workflow.dag[0].spec.stackSpec.job.outputs[3].options.merge.whenClause: is missing
                wf.yaml:35:28  workflow.dag[0].spec.stackSpec.job.outputs[3].options.merge.on: unknown key; known: onClause, whenClause""");
    }

    @Test
    void assertionsWithoutOutputs() {
        refused(
                Flare.job(
                        """
                        sparkConf: [ spark.sql.ansi.enabled: maybe ]
                        inputs:
                          - { name: a, dataset: 'dataos://lake:trips/a' }
                          - { name: b, dataset: 'dataos://lake:trips/b' }
                        assertions: [ { column: x, tests: [ max < 3 ] } ]
                        """),
                """
                wf.yaml:11:13  workflow.dag[0].spec.stackSpec.job.sparkConf: spark.sql.ansi.enabled must be true or false, not "maybe"
                wf.yaml:15:13  workflow.dag[0].spec.stackSpec.job.assertions: are about columns, and of which view is not said: there is no output and no step, and several inputs; write sql: SELECT … FROM an input instead of column""");
    }

    private static void refused(String yaml, String problems) {
        assertThat(Flare.problems(Flare.load(yaml))).isEqualTo(problems);
    }

    @Test
    void howAnIncrementalReadGoesOn() {
        refused(
                Flare.job(
                        """
                        inputs:
                          - name: a
                            dataset: dataos://lake:trips/a
                            incremental:
                              context: c
                              sql: SELECT * FROM c WHERE id > $|from|
                              keys: [ { name: from, sql: SELECT 0 }, { name: to, sql: SELECT 9 } ]
                              state:
                                - { key: form, value: to }
                                - { key: from, value: SELECT 1 }
                                - { key: from, value: to, at: end }
                                - { value: to }
                        outputs:
                          - { name: a, dataset: 'dataos://lake:trips/b?acl=rw', options: { saveMode: append } }
                        """),
                """
                wf.yaml:19:25  workflow.dag[0].spec.stackSpec.job.inputs[0].incremental.state[0].key: no key is named "form"; did you mean "from"? (known: from, to)
                wf.yaml:20:36  workflow.dag[0].spec.stackSpec.job.inputs[0].incremental.state[1].value: no key is named "SELECT 1"; known: from, to
                wf.yaml:21:25  workflow.dag[0].spec.stackSpec.job.inputs[0].incremental.state[2].key: two states are of the key "from"; remove one
                wf.yaml:21:47  workflow.dag[0].spec.stackSpec.job.inputs[0].incremental.state[2].at: unknown key; known: key, value
                wf.yaml:22:23  workflow.dag[0].spec.stackSpec.job.inputs[0].incremental.state[3].key: is missing""");
    }
}
