package io.millrace.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import io.millrace.plan.PluginRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoconWorkflowsTest {

    private static final String PIPEGRAPH =
            """
            lake = /lake
            pipegraph {
              name = load
              models {
                in  { product = values, value { schema = "id INT", rows = [ { id = 1 } ] } }
                out { product = files, value { path = ${lake}"/out" } }
              }
              etls = [ { name = e, inputs { v = in }, output = out } ]
            }
            """;

    private final WorkflowLoader loader = new WorkflowLoader(List.of());
    private final Path folder;

    HoconWorkflowsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private LoadedWorkflow load(String text) throws IOException {
        return loader.load(write("w.conf", text), WorkflowSettings.NONE);
    }

    /** Everything that loading and planning find, with the folder left out. */
    private List<String> problems(String text) throws IOException {
        LoadedWorkflow loaded = load(text);
        try {
            new WorkflowPlanner(PluginRegistry.ofClassPath()).plan(loaded);
        } catch (MillraceException refused) {
            assertThat(refused.kind()).isEqualTo(MillraceException.Kind.USER);
            return refused.getMessage().replace(folder + "/", "").lines().toList();
        }
        throw new AssertionError("planned without a problem");
    }

    @Test
    void readsAWholeWorkflow() throws IOException {
        write("load.conf", PIPEGRAPH);
        LoadedWorkflow loaded = load(
                """
                workflow {
                  name = taxi, description = "Two vendors", max-concurrent-jobs = 2, state = /state
                  jobs = [
                    { name = one, file = "load.conf", description = "The first" }
                    { name = two, file = "load.conf", set { lake = /other }, retry { count = 2, pause = 10s, on = transient } }
                    { name = sum, file = "load.conf", after = [one, two], actions = [ { name = tidy, model = out, options { days = 3 } } ] }
                    { name = end, file = "load.conf", after = sum, retry { count = 1 } }
                  ]
                }
                """);

        assertThat(loaded.problems()).isEmpty();
        Workflow workflow = loaded.workflow();
        assertThat(workflow.name()).isEqualTo("taxi");
        assertThat(workflow.description()).isEqualTo("Two vendors");
        assertThat(workflow.maxConcurrentJobs()).isEqualTo(2);
        assertThat(workflow.state()).hasValue("/state/taxi");
        assertThat(workflow.jobs()).extracting(Job::name).containsExactly("one", "two", "sum", "end");
        assertThat(workflow.jobs()).extracting(Job::description).containsExactly("The first", "", "", "");
        assertThat(workflow.jobs().stream().map(job -> List.copyOf(job.after())))
                .containsExactly(List.of(), List.of(), List.of("one", "two"), List.of("sum"));
        assertThat(workflow.jobs())
                .extracting(Job::retry)
                .containsExactly(
                        JobRetry.NEVER,
                        new JobRetry(2, Duration.ofSeconds(10), JobRetry.On.TRANSIENT),
                        JobRetry.NEVER,
                        new JobRetry(1, Duration.ZERO, JobRetry.On.TRANSIENT));
        assertThat(workflow.jobs().get(1).pipegraph().pipegraph().modelsByName().get("out"))
                .hasToString("GenericModel[out, files]")
                .satisfies(out -> assertThat(out.value()).hasToString("{\"path\":\"/other/out\"}"));
        assertThat(workflow.jobs().get(2).pipegraph().pipegraph().state()).hasValue("/state/taxi/jobs/sum");
        assertThat(workflow.jobs().get(2).actions().get(0).options()).hasToString("{\"days\":3}");
    }

    @Test
    void whatTheCallerSetsWinsOverTheJobAndTheFiles() throws IOException {
        write("load.conf", PIPEGRAPH + "more = [ 0 ]\n");
        Path file = write(
                "w.conf",
                """
                atOnce = 3
                workflow { name = w, max-concurrent-jobs = ${atOnce}
                  jobs = [ { name = a, file = "load.conf", set { lake = /mine, more = [1, 2], deep { down = 7 } } } ] }
                """);

        Workflow workflow = loader.load(file, new WorkflowSettings(Map.of("lake", "/set", "atOnce", "5"), null, null))
                .workflow();

        assertThat(workflow.maxConcurrentJobs()).isEqualTo(5);
        assertThat(workflow.jobs().get(0).pipegraph().document().tree().toString())
                .contains("\"lake\":\"/set\"", "\"path\":\"/set/out\"", "\"more\":[1,2]", "\"deep\":{\"down\":\"7\"}");
    }

    @Test
    void whatIsWrongWithAnActionHasItsPlaceThoughOneBeforeItCouldNotBeUnderstood() throws IOException {
        write("load.conf", PIPEGRAPH);

        assertThat(
                        problems(
                                """
                        workflow { name = w, jobs = [ { name = a, file = "load.conf", actions = [
                          { model = out }
                          { name = tidy, model = gone }
                        ] } ] }
                        """))
                .containsExactly(
                        "w.conf:2  workflow.jobs[0].actions[0].name: is missing",
                        "w.conf:3:18  workflow.jobs[0].actions[1].model: no model is named \"gone\"; known: in, out");
    }

    @Test
    void whatIsWrongWithAnEtlHasItsPlaceThoughOneBeforeItCouldNotBeUnderstood() throws IOException {
        write(
                "load.conf",
                """
                pipegraph { name = load, state = /state
                  models { in { product = files, value { path = /in, schema = "id INT" } }, out { product = console } }
                  etls = [
                    { name = broken }
                    { name = endless, inputs { v = in }, output = out, trigger = continuous } ] }
                """);
        write("next.conf", PIPEGRAPH);

        assertThat(
                        problems(
                                """
                        workflow { name = w, jobs = [
                          { name = a, file = "load.conf" }
                          { name = b, file = "next.conf", after = a } ] }
                        """))
                .containsExactly(
                        "load.conf:4  pipegraph.etls[0].inputs: is missing; write { VIEW = MODEL }, where VIEW is the name for SQL",
                        "load.conf:4  pipegraph.etls[0]: needs either output = MODEL or outputs = [ { model, where } ]",
                        "load.conf:5:56  pipegraph.etls[1].trigger: a stream that does not end, in job a, for which b would wait forever;"
                                + " use trigger = available-now, or let nothing wait for it");
    }

    @Test
    void aStateThatTheCallerNamesWinsOverThatOfTheWorkflow() throws IOException {
        write("load.conf", PIPEGRAPH);
        Path file =
                write("w.conf", "workflow { name = w, state = /mine, jobs = [ { name = a, file = \"load.conf\" } ] }");

        Workflow workflow =
                loader.load(file, new WorkflowSettings(Map.of(), "/set", null)).workflow();

        assertThat(workflow.state()).hasValue("/set/w");
        assertThat(workflow.jobs().get(0).pipegraph().pipegraph().state()).hasValue("/set/w/jobs/a");
    }

    @Test
    void aPipegraphKeepsTheStateItNames() throws IOException {
        write("load.conf", PIPEGRAPH.replace("name = load", "name = load, state = /own"));

        assertThat(load("workflow { name = w, state = /state, jobs = [ { name = a, file = \"load.conf\" } ] }")
                        .workflow()
                        .jobs()
                        .get(0)
                        .pipegraph()
                        .pipegraph()
                        .state())
                .hasValue("/own");
    }

    @Test
    void everythingWrongIsFoundAtOnce() throws IOException {
        write("load.conf", PIPEGRAPH);
        write("bad.conf", PIPEGRAPH.replace("output = out", "output = outt"));
        write("broken.conf", "pipegraph {\n  name = \n  }}\n");

        assertThat(
                        problems(
                                """
                workflow {
                  nam = taxi
                  max-concurrent-jobs = 0
                  jobs = [
                    { name = one, file = "load.conf", after = [two] }
                    { name = two, file = "bad.conf", after = three }
                    { name = three, file = "load.conf", after = [one], retry { times = 3, on = allways } }
                    { name = one, file = "gone.conf", aftr = two }
                    { file = "load.conf" }
                    { name = six, file = "broken.conf" }
                    { name = seven, after = [sixx] }
                    { name = eight, file = "flare.yaml" }
                  ]
                }
                """))
                .containsExactly(
                        "w.conf:1:1  workflow.name: is missing",
                        "w.conf:2:3  workflow.nam: unknown key; did you mean \"name\"? (known: description, jobs, max-concurrent-jobs, name, state)",
                        "w.conf:3:3  workflow.max-concurrent-jobs: must be a whole number from 1 to 2147483647, not 0",
                        "w.conf:5:39  workflow.jobs[0].after: jobs wait for each other in a circle: one -> two -> three -> one; let one of them not wait",
                        "w.conf:7:56  workflow.jobs[2].retry.count: is missing; how many times a job that failed is run again",
                        "w.conf:7:75  workflow.jobs[2].retry.on: unknown value \"allways\"; did you mean \"always\"? (known: always, error, failure, transient)",
                        "w.conf:7:64  workflow.jobs[2].retry.times: unknown key; known: count, on, pause",
                        "w.conf:8:39  workflow.jobs[3].aftr: unknown key; did you mean \"after\"? (known: actions, after, description, file, name, retry, set)",
                        "w.conf:8:7  workflow.jobs[3].name: two jobs are named \"one\"; rename one",
                        "w.conf:8:19  workflow.jobs[3].file: gone.conf: no such file",
                        "w.conf:9  workflow.jobs[4].name: is missing",
                        "w.conf:11  workflow.jobs[6].file: is missing",
                        "w.conf:11:21  workflow.jobs[6].after: no job is named \"sixx\"; did you mean \"six\"? (known: eight, one, seven, six, three, two)",
                        "w.conf:12:21  workflow.jobs[7].file: must be a pipegraph in HOCON; a workflow in YAML is run by itself",
                        "bad.conf:8:43  pipegraph.etls[0].output: no model is named \"outt\"; did you mean \"out\"? (known: in, out)",
                        "broken.conf:3  not HOCON: Expecting a value but got wrong token: '}' (if you intended '}' to be part of a key or string value,"
                                + " try enclosing the key or value in double quotes, or you may be able to rename the file .properties rather than .conf)");
    }

    @Test
    void aWorkflowNeedsJobs() throws IOException {
        Path none = write("w.conf", "workflow { name = w }");
        assertThatThrownBy(() -> loader.load(none, WorkflowSettings.NONE))
                .hasMessage(none + ":1:1  workflow.jobs: is missing; a workflow needs at least one job");
        Path empty = write("e.conf", "workflow { name = w, jobs = [] }");
        assertThatThrownBy(() -> loader.load(empty, WorkflowSettings.NONE))
                .hasMessage(empty + ":1:22  workflow.jobs: is empty; a workflow needs at least one job");
        Path other = write("p.conf", PIPEGRAPH);
        assertThatThrownBy(() -> loader.load(other, WorkflowSettings.NONE))
                .hasMessageStartingWith(other + "  workflow: is missing");
    }

    @Test
    void ofAFolderTheWorkflowsAreTakenInTheOrderOfTheirNames() throws IOException {
        write("b.conf", "workflow { name = b, jobs = [ { name = a, file = ${unknown} } ] }");
        write("a.json", "{ \"workflow\": {} }");
        write("load.conf", PIPEGRAPH);
        write("notes.md", "# workflow");

        assertThat(loader.files(folder)).containsExactly(folder.resolve("a.json"), folder.resolve("b.conf"));
        assertThat(loader.files(folder.resolve("notes.md"))).containsExactly(folder.resolve("notes.md"));
    }

    @Test
    void aFolderWithoutWorkflowsIsRefused() throws IOException {
        write("load.conf", PIPEGRAPH);

        assertThatThrownBy(() -> loader.files(folder))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage(folder + ": no file in this folder is a workflow");
    }

    @Test
    void yamlThatNothingReadsIsRefusedWithWhatToAdd() throws IOException {
        Path file = write("w.yaml", "name: w\n");
        String remedy =
                ": nothing on the class path reads workflows in YAML; add the dependency io.millrace:millrace-flare, which reads those of Flare";

        assertThatThrownBy(() -> loader.load(file, WorkflowSettings.NONE)).hasMessage(file + remedy);
        assertThatThrownBy(() -> loader.files(folder)).hasMessage(file + remedy);
    }

    @Test
    void aJavaWorkflowIsCheckedToo() {
        Workflow workflow = Workflow.named("w")
                .job(Job.named("a", io.millrace.model.Pipegraph.named("p").build())
                        .after("b"))
                .build();

        assertThat(LoadedWorkflow.of(workflow).problems().stream().map(Problem::toString))
                .containsExactly("jobs[0]: no job is named \"b\"; did you mean \"a\"? (known: a)");
    }
}
