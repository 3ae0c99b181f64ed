package io.millrace.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.load.LoadedPipegraph;
import io.millrace.load.PipegraphLoader;
import io.millrace.model.Pipegraph;
import io.millrace.model.TableAction;
import io.millrace.plan.PluginRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkflowPlannerTest {

    private static final WorkflowPlanner PLANNER = new WorkflowPlanner(PluginRegistry.ofClassPath());

    private static LoadedPipegraph pipegraph(String name, String trigger) {
        return PipegraphLoader.load(HoconReader.parse(
                name + ".conf",
                """
                pipegraph { name = %s, state = /state
                  models {
                    in  { product = files, value { path = /in, schema = "id BIGINT" } }
                    out { product = files, value { path = "/out/%s" } }
                  }
                  etls = [ { name = e, inputs { v = in }, steps = [ { name = s, sql = "SELECT id FROM v" } ], output = out
                             trigger = %s } ]
                }
                """
                        .formatted(name, name, trigger)));
    }

    private static Job job(String name, String... after) {
        return triggered(name, "batch", after);
    }

    private static Job triggered(String name, String trigger, String... after) {
        return new Job(name, "", pipegraph(name, trigger), List.of(), Set.of(after), JobRetry.NEVER);
    }

    private static WorkflowPlan plan(int atOnce, Job... jobs) {
        return PLANNER.plan(LoadedWorkflow.of(new Workflow("w", "", atOnce, List.of(jobs))));
    }

    private static List<String> problems(int atOnce, Job... jobs) {
        try {
            plan(atOnce, jobs);
            throw new AssertionError("planned without a problem");
        } catch (MillraceException refused) {
            assertThat(refused.kind()).isEqualTo(MillraceException.Kind.USER);
            return refused.getMessage().lines().toList();
        }
    }

    @Test
    void aJobComesAfterThoseItWaitsFor() {
        WorkflowPlan plan = plan(4, job("c", "b"), job("a"), job("b", "a"), job("d"));

        assertThat(plan.jobs()).extracting(PlannedJob::name).containsExactly("a", "d", "b", "c");
    }

    @Test
    void theProblemsOfAllJobsAreShownAtOnce() {
        LoadedPipegraph bad = PipegraphLoader.load(
                HoconReader.parse(
                        "bad.conf",
                        """
                pipegraph { name = bad, models { in { product = valuess } }, etls = [ { name = e, inputs { v = inn }, output = out } ] }
                """));
        Job inText = new Job("text", "", bad, List.of(), Set.of("gone"), JobRetry.NEVER);
        Pipegraph java = new Pipegraph(
                "p",
                "",
                "",
                Optional.empty(),
                List.of(),
                List.of(io.millrace.model.Etl.named("e")
                        .input("v", "in")
                        .output("out")
                        .build()));
        Job inJava = new Job(
                "java",
                "",
                LoadedPipegraph.of(java, HoconReader.parse("settings", "")),
                List.of(),
                Set.of(),
                JobRetry.NEVER);

        assertThat(problems(1, inText, inJava))
                .containsExactly(
                        "bad.conf:1:92  pipegraph.etls[0].inputs.v: no model is named \"inn\"; did you mean \"in\"? (known: in)",
                        "bad.conf:1:103  pipegraph.etls[0].output: no model is named \"out\"; known: in",
                        "bad.conf:1:39  pipegraph.models.in.product: unknown product \"valuess\"; did you mean \"values\"? (known: backup, console, files,"
                                + " table, values); a product of your own needs its plugin's jar on the class path",
                        "settings  job java, pipegraph.etls[0].inputs.v: no model is named \"in\"; known: none",
                        "settings  job java, pipegraph.etls[0].output: no model is named \"out\"; known: none",
                        "jobs[0]: no job is named \"gone\"; known: java, text");
    }

    @Test
    void nothingCanWaitForAStreamThatDoesNotEnd() {
        assertThat(problems(4, triggered("a", "continuous"), job("b", "a"), job("c", "a"), job("d", "b")))
                .containsExactly(
                        "a.conf:7:14  pipegraph.etls[0].trigger: a stream that does not end, in job a, for which b, c would wait forever;"
                                + " use trigger = available-now, or let nothing wait for it");
    }

    @Test
    void streamsThatDoNotEndLeaveRoomForTheOthers() {
        assertThat(problems(2, triggered("a", "continuous"), job("b"), triggered("c", "continuous")))
                .containsExactly(
                        "c.conf  job c: the streams of a, c do not end and leave the other jobs no room; let more jobs run at once than 2");
        assertThat(plan(3, triggered("a", "continuous"), job("b"), triggered("c", "continuous"))
                        .jobs())
                .hasSize(3);
        assertThat(plan(2, triggered("a", "continuous"), triggered("c", "continuous"))
                        .jobs())
                .hasSize(2);
    }

    @Test
    void aTableActionNeedsATableThatKnowsIt() {
        LoadedPipegraph models = PipegraphLoader.loadModels(HoconReader.parse(
                "models.conf", "pipegraph { name = p, models { out { product = files, value { path = /out } } } }"));
        TableAction onFiles = new TableAction(
                "tidy", "out", HoconReader.parse("o", "days = 3").tree());
        TableAction onNothing = new TableAction("tidy", "outt", onFiles.options());
        Job job = new Job("a", "", models, List.of(onFiles, onNothing), Set.of(), JobRetry.NEVER);

        assertThat(problems(1, job))
                .containsExactly(
                        "models.conf  job a, actions[0].model: nothing can be done to \"out\" as a whole: its product has no table actions",
                        "models.conf  job a, actions[1].model: no model is named \"outt\"; did you mean \"out\"? (known: out)");
    }

    @Test
    void twoJobsDoNotShareAFolderOfState() {
        LoadedPipegraph stateless = PipegraphLoader.load(
                HoconReader.parse(
                        "p.conf",
                        """
                pipegraph { name = p, models { in { product = values, value { schema = "id INT" } }, out { product = console } }
                  etls = [ { name = e, inputs { v = in }, output = out } ] }
                """));
        Job one = new Job("a b", "", stateless, List.of(), Set.of(), JobRetry.NEVER);
        Job two = new Job("a_b", "", stateless, List.of(), Set.of(), JobRetry.NEVER);
        Workflow workflow = new Workflow("w", "", 1, List.of(one, two)).remembering("/state");

        assertThatThrownBy(() -> PLANNER.plan(LoadedWorkflow.of(workflow)))
                .hasMessage(
                        "p.conf  job a_b: the names of the jobs \"a b\" and \"a_b\" differ in nothing that the name of a folder can show; rename one");
        assertThat(PLANNER.plan(LoadedWorkflow.of(new Workflow("w", "", 1, List.of(one, two))))
                        .jobs())
                .hasSize(2);
    }

    @Test
    void aPlanIsDescribed() {
        Job first = job("first");
        Job second = new Job(
                "second",
                "The sum",
                pipegraph("second", "batch"),
                List.of(),
                Set.of("first"),
                new JobRetry(2, Duration.ofSeconds(10), JobRetry.On.TRANSIENT));
        WorkflowPlan plan = PLANNER.plan(
                LoadedWorkflow.of(new Workflow("w", "Two jobs", 3, List.of(second, first)).remembering("/notes/")));

        assertThat(plan.describe().graph())
                .isEqualTo(
                        """
                        workflow w: Two jobs
                        at once   3
                        state     /notes/w

                        job first
                          e: in -> out

                        job second, after first, run again up to 2 times on a failure that may pass after 10s: The sum
                          e: in -> out""");
        assertThat(plan.describe().mermaid())
                .isEqualTo(
                        """
                        flowchart LR
                          j0["first<br/>e"]
                          j1["second<br/>e"]
                          j0 --> j1""");
        assertThat(plan.describe().text())
                .startsWith(
                        """
                        workflow w: Two jobs
                        at once   3
                        state     /notes/w

                        job first
                          pipegraph first
                          state     /state

                          ETL e (batch)
                            input   v                  parquet files in /in
                        """);
    }

    @Test
    void warningsSayWhoseTheyAre() {
        LoadedPipegraph unused = PipegraphLoader.load(
                HoconReader.parse(
                        "p.conf",
                        """
                pipegraph { name = p, models { in { product = values, value { schema = "id INT" } }, out { product = console }
                  more { product = console } }
                  etls = [ { name = e, inputs { v = in }, output = out } ] }
                """));

        assertThat(plan(1, new Job("a", "", unused, List.of(), Set.of(), JobRetry.NEVER))
                        .warnings())
                .containsExactly("job a: p.conf:2:3  pipegraph.models.more: no ETL uses this model");
    }

    @Test
    void fiveHundredJobsArePlanned() {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            jobs.add(i == 0 ? job("j0") : job("j" + i, "j" + (i - 1) / 2));
        }
        WorkflowPlan plan = plan(16, jobs.toArray(Job[]::new));

        assertThat(plan.jobs()).hasSize(500);
    }
}
