package io.millrace.workflow;

import io.millrace.config.HoconReader;
import io.millrace.load.LoadedPipegraph;
import io.millrace.model.Etl;
import io.millrace.model.Input;
import io.millrace.model.Output;
import io.millrace.model.Pipegraph;
import io.millrace.model.TableAction;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedAction;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedOutput;
import io.millrace.spi.OutputId;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Sink;
import io.millrace.spi.Slice;
import io.millrace.spi.Source;
import io.millrace.spi.SupportsTableActions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Plans of jobs whose sinks are objects of a test, without plugins. Every ETL reads the numbers from 0 to 9. */
final class TestJob {

    private static final Source NUMBERS = new Source() {
        @Override
        public String description() {
            return "ten numbers";
        }

        @Override
        public Set<Slice.Part> sliceParts() {
            return Set.of(Slice.Part.DATE);
        }

        @Override
        public Dataset<Row> read(ReadContext context) {
            return context.session().range(10).toDF();
        }
    };

    private final String name;
    private final Set<String> after = new LinkedHashSet<>();
    private final List<EtlPlan> etls = new ArrayList<>();
    private final List<PlannedAction> actions = new ArrayList<>();
    private JobRetry retry = JobRetry.NEVER;
    private @Nullable Path state;

    private TestJob(String name) {
        this.name = name;
    }

    static TestJob named(String name) {
        return new TestJob(name);
    }

    /** A job of one ETL with one output. */
    static TestJob writing(String name, Sink sink) {
        return new TestJob(name).etl("e", sink);
    }

    TestJob after(String... jobs) {
        after.addAll(List.of(jobs));
        return this;
    }

    TestJob retry(JobRetry policy) {
        retry = policy;
        return this;
    }

    TestJob state(Path folder) {
        state = folder;
        return this;
    }

    TestJob etl(String etl, Sink... sinks) {
        List<Output> outputs = new ArrayList<>();
        List<PlannedOutput> planned = new ArrayList<>();
        for (Sink sink : sinks) {
            Output output = Output.to("out" + outputs.size());
            outputs.add(output);
            planned.add(new PlannedOutput(new OutputId(name, etl, output.model()), output, sink));
        }
        Etl.Builder built = Etl.named(etl).input("numbers", "numbers");
        outputs.forEach(built::output);
        Etl written = built.build();
        Input input = written.inputs().get(0);
        etls.add(new EtlPlan(
                written,
                List.of(new PlannedInput(input, NUMBERS, false)),
                List.of(),
                planned,
                null,
                null,
                Set.of(),
                List.of()));
        return this;
    }

    TestJob action(String action, SupportsTableActions.Action work) {
        TableAction written = TableAction.named(action, "out0").build();
        actions.add(new PlannedAction(written, "a table", work));
        return this;
    }

    private PlannedJob plan() {
        Pipegraph pipegraph = new Pipegraph(
                name,
                "",
                "",
                Optional.ofNullable(state).map(Path::toString),
                List.of(),
                etls.stream().map(EtlPlan::etl).toList());
        var settings = HoconReader.parse("test", "");
        Job job = new Job(
                name,
                "",
                LoadedPipegraph.of(pipegraph, settings),
                actions.stream().map(PlannedAction::action).toList(),
                after,
                retry);
        return new PlannedJob(job, new PipegraphPlan(pipegraph, etls, List.of(), settings), actions);
    }

    /** A workflow of these jobs, in an order in which each comes after those it waits for. */
    static WorkflowPlan workflow(int atOnce, @Nullable Path state, TestJob... jobs) {
        List<PlannedJob> planned = new ArrayList<>();
        for (TestJob job : jobs) {
            planned.add(job.plan());
        }
        Workflow workflow = new Workflow(
                "w",
                "",
                atOnce,
                Optional.ofNullable(state).map(Path::toString),
                planned.stream().map(PlannedJob::job).toList());
        return new WorkflowPlan(workflow, planned, List.of());
    }
}
