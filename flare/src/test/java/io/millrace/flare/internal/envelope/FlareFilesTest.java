package io.millrace.flare.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.HoconReader;
import io.millrace.flare.FlareWorkflows;
import io.millrace.model.SqlStep;
import io.millrace.workflow.Job;
import io.millrace.workflow.LoadedWorkflow;
import io.millrace.workflow.WorkflowSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a text names: other workflows, queries, schemas. */
class FlareFilesTest {

    private static final String ENVELOPE = "version: v1\nname: %s\ntype: workflow\nworkflow:\n  dag:\n";
    private static final String PUBLISH =
            "    - { name: %s, spec: { stack: toolbox, toolbox: { dataset: 'dataos://lake:x/y', action: { name: set_version, value: latest } } } }\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void theJobsOfAFileStandInPlaceOfTheOneThatNamesIt() throws IOException {
        write("one.yaml", ENVELOPE.formatted("one") + PUBLISH.formatted("a"));
        write(
                "two.yaml",
                ENVELOPE.formatted("two")
                        + PUBLISH.formatted("b")
                        + PUBLISH.formatted("c").replace("spec:", "dependencies: b, spec:"));
        Path file = write(
                "all.yaml",
                ENVELOPE.formatted("all")
                        + """
                              - { name: first, file: one.yaml }
                              - { name: second, file: two.yaml, dependencies: first }
                              - { name: third, file: one.yaml, dependencies: [second] }
                          """);

        LoadedWorkflow loaded = load(file);

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.workflow().jobs())
                .extracting(job -> job.name() + " after " + job.after())
                .containsExactly(
                        "first after []",
                        "second/b after [first]",
                        "second/c after [second/b, first]",
                        "third after [second/b, second/c]");
    }

    @Test
    void whatIsWrongInAFileIsSaidThere() throws IOException {
        write("circle.yaml", ENVELOPE.formatted("circle") + "    - { name: again, file: all.yaml }\n");
        write("broken.yaml", "a: [\n");
        Path file = write(
                "all.yaml",
                ENVELOPE.formatted("all")
                        + """
                              - { name: first, file: circle.yaml }
                              - { name: second, file: broken.yaml }
                          """);

        assertThat(Flare.problems(load(file)).replace(folder + "/", ""))
                .isEqualTo(
                        """
                        circle.yaml:6:22  workflow.dag[0].file: the file all.yaml names itself, or one that names it
                        broken.yaml:2:1  not YAML: while parsing a flow node: expected the node content, but found '<stream end>'""");
    }

    @Test
    void queriesAndSchemasLieBesideTheText() throws IOException {
        write("rides.sql", "SELECT *\nFROM rides;\n");
        write("rides.avsc", "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}");
        Path file = write(
                "all.yaml",
                Flare.job(
                        """
                        inputs: [ { name: rides, dataset: 'dataos://lake:none/rides', format: json, schemaPath: 'dataos://lake:none/rides.avsc' } ]
                        steps: [ { sequence: [ { name: s, sqlFile: rides.sql } ] } ]
                        outputs: [ { name: s, dataset: 'dataos://lake:none/out?acl=rw', format: parquet, options: { saveMode: append } } ]
                        """));

        Job job = new FlareWorkflows()
                .load(
                        file,
                        new WorkflowSettings(
                                Map.of(),
                                null,
                                HoconReader.parse("depots", "depots.lake { kind = files, path = \"" + folder + "\" }")))
                .workflow()
                .jobs()
                .get(0);

        assertThat(Flare.etls(job).get(0).steps()).containsExactly(new SqlStep("s", "SELECT *\nFROM rides"));
        assertThat(Flare.model(job, "rides").value().get("schema").asText()).isEqualTo("id BIGINT");
    }

    @Test
    void knowsItsFiles() throws IOException {
        FlareWorkflows format = new FlareWorkflows();

        assertThat(format.reads(Path.of("a.YAML"))).isTrue();
        assertThat(format.reads(Path.of("a.yml"))).isTrue();
        assertThat(format.reads(Path.of("a.conf"))).isFalse();
        assertThat(format.isWorkflow(write("a.yml", "type: workflow\n"))).isTrue();
        assertThat(format.isWorkflow(write("b.yml", "type: depot\n---\nx: 1\n")))
                .isFalse();
    }

    private LoadedWorkflow load(Path file) {
        return new FlareWorkflows()
                .load(file, new WorkflowSettings(Map.of(), null, HoconReader.parse("depots", Flare.DEPOTS)));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
