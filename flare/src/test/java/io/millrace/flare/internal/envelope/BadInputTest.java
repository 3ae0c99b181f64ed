package io.millrace.flare.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flare.internal.depot.Depots;
import org.junit.jupiter.api.Test;

/** All that is wrong with a text is said at once, with places, and without Spark. */
class BadInputTest {

    @Test
    void sinksAndOutputsThatDoNotMeet() {
        refused(
                """
                inputs: [ { name: rides, dataset: 'dataos://raw:none/rides', format: json } ]
                outputs:
                  - { name: out, depot: 'dataos://lake:trips?acl=rw' }
                  - { name: out, depot: 'dataos://lake:trips?acl=rw' }
                  - { name: spare, depot: 'dataos://lake:trips?acl=rw' }
                  - { depot: 'dataos://lake:trips?acl=rw' }
                steps:
                  - sequence: [ { name: dated, sql: SELECT * FROM rides } ]
                    sink:
                      - { sequenceName: dated, datasetName: a, outputType: Iceberg, outputOptions: { saveMode: append } }
                      - { sequenceName: dated, datasetName: b, outputName: oot, outputOptions: { saveMode: append } }
                      - { sequenceName: datd, datasetName: c, outputName: out, outputOptions: { saveMode: append } }
                      - { sequenceName: rides, outputName: out, outputOptions: { saveMode: append } }
                """,
                """
                wf.yaml:14:19  workflow.dag[0].spec.stackSpec.job.outputs[1].name: two outputs are named "out"; rename one
                wf.yaml:15:17  workflow.dag[0].spec.stackSpec.job.outputs[2]: no sink writes it; add steps[].sink with outputName: spare
                wf.yaml:16:17  workflow.dag[0].spec.stackSpec.job.outputs[3].name: is missing
                wf.yaml:20:21  workflow.dag[0].spec.stackSpec.job.steps[0].sink[0].outputName: is missing
                wf.yaml:21:60  workflow.dag[0].spec.stackSpec.job.steps[0].sink[1].outputName: no output is named "oot"; did you mean "out"? (known: out, spare)
                wf.yaml:22:23  workflow.dag[0].spec.stackSpec.job.steps[0].sink[2].sequenceName: no input and no step is named "datd"; did you mean "dated"? (known: dated, rides)
                wf.yaml:23:21  workflow.dag[0].spec.stackSpec.job.steps[0].sink[3].datasetName: is missing""");
    }

    @Test
    void viewsThatAreNotThereOrThereTwice() {
        refused(
                """
                inputs:
                  - { name: rides, dataset: 'dataos://raw:none/a', format: json }
                  - { name: rides, dataset: 'dataos://raw:none/b', format: json }
                  - { name: rides, dataset: 'dataos://raw:none/c', format: json }
                  - { name: RIDES, dataset: 'dataos://raw:none/d', format: json }
                steps:
                  - sequence:
                      - { name: first, sql: SELECT * FROM ridez JOIN second }
                      - { name: second, sql: SELECT * FROM first JOIN second }
                      - { name: second, sql: SELECT * FROM catalog.schema.table }
                      - { name: third, sql: SELEC * FROM first }
                outputs:
                  - { name: forth, dataset: 'dataos://lake:trips/x?acl=rw', options: { saveMode: append } }
                  - { dataset: 'dataos://lake:trips/x?acl=rw', options: { saveMode: append } }
                """,
                """
                wf.yaml:13:19  workflow.dag[0].spec.stackSpec.job.inputs[1].name: an input before it is named "rides" too; rename one
                wf.yaml:14:19  workflow.dag[0].spec.stackSpec.job.inputs[2].name: an input before it is named "rides" too; rename one
                wf.yaml:15:19  workflow.dag[0].spec.stackSpec.job.inputs[3].name: an input before it is named "RIDES" too; rename one
                wf.yaml:18:36  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].sql: reads the view "ridez", and no input and no step is named "ridez"; did you mean "rides"? (known: first, rides, second, third)
                wf.yaml:18:36  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].sql: reads the view "second", which is made by a later step
                wf.yaml:19:37  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[1].sql: reads the view "second", which it makes itself
                wf.yaml:20:23  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[2].name: a step before it is named "second" too; rename one
                wf.yaml:21:36  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[3].sql: is not a Spark SQL query: Syntax error at or near 'SELEC'.
                    SELEC * FROM first
                    ^
                wf.yaml:23:19  workflow.dag[0].spec.stackSpec.job.outputs[0].name: no input and no step is named "forth"; known: first, rides, second, third
                wf.yaml:24:17  workflow.dag[0].spec.stackSpec.job.outputs[1].name: is missing""");
    }

    @Test
    void addressesThatLeadNowhere() {
        refused(
                """
                inputs:
                  - { name: a, dataset: 'dataos://lak:trips/a' }
                  - { name: b, dataset: /data/b }
                  - { name: c, dataset: 'dataos://lake:none/c' }
                  - { name: d, dataset: 'dataos://lake:trips' }
                  - { name: e, dataset: 'dataos://raw:none/e' }
                  - { name: f, dataset: 'dataos://raw:none/f', format: jsn }
                  - { name: g, dataset: 'dataos://lake:trips/g', format: json }
                  - { name: h, dataset: 'dataos://plain:none/h', format: xml }
                  - { name: i, query: SELECT 1 }
                  - { name: j, dataset: 'dataos://plain:none/j', format: kafkajson }
                outputs:
                  - { name: a, dataset: 'dataos://lake:trips/x?acl=r', options: { saveMode: append } }
                  - { name: b, dataset: 'dataos://lake:trips/y', options: { saveMode: append } }
                  - { name: c, dataset: 'dataos://raw:none/z?acl=rw', options: { saveMode: append } }
                  - { name: d, dataset: 'dataos://lake:trips/w?acl=rw', format: json, options: { saveMode: append } }
                  - { name: e, dataset: 'dataos://plain:none/v?acl=rw', format: avro }
                """,
                """
                wf.yaml:12:28  workflow.dag[0].spec.stackSpec.job.inputs[0].dataset: no depot is named "lak"; did you mean "lake"? (known: lake, plain, raw, remote, stream)
                wf.yaml:13:28  workflow.dag[0].spec.stackSpec.job.inputs[1].dataset: "/data/b" is not an address; write dataos://depot:collection/dataset?acl=rw
                wf.yaml:14:28  workflow.dag[0].spec.stackSpec.job.inputs[2].dataset: names no collection, and a table of the Iceberg depot lake is in one; write dataos://lake:COLLECTION/c
                wf.yaml:15:28  workflow.dag[0].spec.stackSpec.job.inputs[3].dataset: names no dataset; write dataos://lake:trips/DATASET
                wf.yaml:16:17  workflow.dag[0].spec.stackSpec.job.inputs[4].format: is missing, which means iceberg: the depot raw is of kind files and holds no tables; write one of parquet, avro, orc, json, csv, text
                wf.yaml:17:60  workflow.dag[0].spec.stackSpec.job.inputs[5].format: unknown format "jsn"; did you mean "json"? (known: avro, csv, json, orc, parquet, text)
                wf.yaml:18:62  workflow.dag[0].spec.stackSpec.job.inputs[6].format: cannot be json: the depot lake is of kind iceberg and holds Iceberg tables only
                wf.yaml:19:62  workflow.dag[0].spec.stackSpec.job.inputs[7].format: unknown format "xml"; known: avro, binary, json, kafkaavro, kafkajson, text
                wf.yaml:20:28  workflow.dag[0].spec.stackSpec.job.inputs[8].query: is not supported: there is no other engine to ask; read the tables as inputs and ask in a step
                wf.yaml:21:17  workflow.dag[0].spec.stackSpec.job.inputs[9].schemaString: is missing; the fields of a topic's records in JSON are not known without it
                wf.yaml:23:28  workflow.dag[0].spec.stackSpec.job.outputs[0].dataset: must not be written: acl=r is for reading; write ?acl=rw behind it
                wf.yaml:25:17  workflow.dag[0].spec.stackSpec.job.outputs[2].format: is missing, which means iceberg: the depot raw is of kind files and holds no tables; write one of parquet, avro, orc, json, csv, text
                wf.yaml:26:69  workflow.dag[0].spec.stackSpec.job.outputs[3].format: cannot be json: the depot lake is of kind iceberg and holds Iceberg tables only
                wf.yaml:27:69  workflow.dag[0].spec.stackSpec.job.outputs[4].format: needs a registry of schemas; add registry { url = … } to the depot plain""");
    }

    @Test
    void withoutDepotsNoAddressHasAMeaning() {
        assertThat(Flare.problems(FlareLoader.load(
                        "wf.yaml",
                        Flare.job(
                                """
                                inputs: [ { name: a, dataset: 'dataos://lake:trips/a' } ]
                                outputs: []
                                """),
                        Depots.none())))
                .isEqualTo(
                        """
                        wf.yaml:11:34  workflow.dag[0].spec.stackSpec.job.inputs[0].dataset: no depot is named "lake", as none is given; give a file with depots { lake { kind = … } } with --depots""");
    }

    @Test
    void functionsAndCode() {
        refused(
                """
                inputs: [ { name: a, dataset: 'dataos://lake:trips/a' } ]
                udfs: [ { name: x } ]
                steps:
                  - sequence:
                      - name: b
                        sql: SELECT * FROM a
                        classpath: io.acme.Step
                        functions:
                          - { name: renam, column: x, asColumn: y }
                          - { name: pivot, groupBy: [x] }
                          - { name: rename, column: x, asCol: y }
                          - { name: drop }
                          - { name: set_type, columns: { x: integr } }
                          - { name: add_column, column: x, value: 1, type: number }
                          - { name: change_column_case, case: title }
                      - { name: c, sqlFile: missing.sql }
                      - { name: d }
                outputs: [ { name: b, dataset: 'dataos://lake:trips/x?acl=rw', options: { saveMode: append } } ]
                """,
                """
                wf.yaml:12:13  workflow.dag[0].spec.stackSpec.job.udfs: is not supported: code is not compiled here; write a Strategy in Java, put it on the class path, and use it in a pipegraph in HOCON
                wf.yaml:17:21  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].classpath: is not supported: code is not compiled here; write a Strategy in Java, put it on the class path, and use it in a pipegraph in HOCON
                wf.yaml:19:27  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].functions[0].name: unknown function "renam"; did you mean "rename"? (known: add_column, change_column_case, cleanse_column_names, drop, epoch_to_timestamp, fill_null_or_empty, rename, rename_all, select, set_type, unfurl); write what it does in the step's sql
                wf.yaml:20:27  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].functions[1].name: unknown function "pivot"; known: add_column, change_column_case, cleanse_column_names, drop, epoch_to_timestamp, fill_null_or_empty, rename, rename_all, select, set_type, unfurl; write what it does in the step's sql
                wf.yaml:21:25  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].functions[2].asColumn: is missing
                wf.yaml:21:52  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].functions[2].asCol: unknown key; known: asColumn, column, name
                wf.yaml:22:25  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].functions[3].columns: is missing; write a list of columns
                wf.yaml:23:43  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].functions[4].columns: "x integr" is not a column and its type: Unsupported data type "INTEGR".
                wf.yaml:24:66  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].functions[5].type: unknown value "number"; known: boolean, byte, date, decimal, double, float, int, long, short, string, timestamp
                wf.yaml:25:53  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[0].functions[6].case: unknown value "title"; known: lower, upper
                wf.yaml:26:32  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[1].sqlFile: no such file: missing.sql
                wf.yaml:27:21  workflow.dag[0].spec.stackSpec.job.steps[0].sequence[2]: a step needs either sql or sqlFile""");
    }

    private static void refused(String content, String problems) {
        assertThat(Flare.problems(Flare.load(Flare.job(content)))).isEqualTo(problems);
    }
}
