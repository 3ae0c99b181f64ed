package io.millrace.run;

import io.millrace.config.HoconReader;
import io.millrace.internal.ledger.ClaimedWork;
import io.millrace.internal.ledger.Ledger;
import io.millrace.internal.ledger.LedgerEntry;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.internal.state.StateFolder;
import io.millrace.model.Etl;
import io.millrace.model.Output;
import io.millrace.model.Pipegraph;
import io.millrace.plan.EtlPlan;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.PlannedInput;
import io.millrace.plan.PlannedOutput;
import io.millrace.plan.PlannedStep;
import io.millrace.spi.OutputId;
import io.millrace.spi.Sink;
import io.millrace.spi.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Plans of sources, steps and sinks that are objects of a test, without plugins. */
final class Pipeline {

    private final SparkSession session;
    private final Path state;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Sink> sinks = new LinkedHashMap<>();
    private final List<PlannedStep> steps = new ArrayList<>();

    Pipeline(SparkSession session, Path state) {
        this.session = session;
        this.state = state;
    }

    Pipeline source(String model, Source source) {
        sources.put(model, source);
        return this;
    }

    Pipeline sink(String model, Sink sink) {
        sinks.put(model, sink);
        return this;
    }

    Pipeline sql(String name, String sql) {
        try {
            SqlSyntax.Query query = SqlSyntax.query(sql);
            return step(new PlannedStep.Sql(name, sql, query.parameters(), query.keepsEveryRow()));
        } catch (SqlSyntax.SyntaxException wrong) {
            throw new IllegalArgumentException(sql, wrong);
        }
    }

    Pipeline step(PlannedStep step) {
        steps.add(step);
        return this;
    }

    /** Makes the plan of one ETL; its inputs and outputs must be known here, its steps are those of this pipeline. */
    PipegraphPlan plan(Etl.Builder built) {
        Etl bare = built.build();
        Etl etl = new Etl(
                bare.name(),
                bare.inputs(),
                steps.stream()
                        .map(step -> new io.millrace.model.SqlStep(step.name(), "SELECT 1"))
                        .map(io.millrace.model.Step.class::cast)
                        .toList(),
                bare.outputs(),
                bare.expectations(),
                bare.deadLetters(),
                bare.deadLetterLimit(),
                bare.contract(),
                bare.trigger());
        List<PlannedInput> inputs = etl.inputs().stream()
                .map(input -> new PlannedInput(
                        input,
                        Objects.requireNonNull(sources.get(input.model())),
                        etl.trigger().streaming()))
                .toList();
        List<PlannedOutput> outputs =
                etl.outputs().stream().map(output -> output(etl, output)).toList();
        EtlPlan plan = new EtlPlan(
                etl,
                inputs,
                steps,
                outputs,
                etl.deadLetters().map(model -> output(etl, Output.to(model))).orElse(null),
                null,
                Set.of(),
                List.of());
        Pipegraph pipegraph = new Pipegraph("p", "", "", Optional.of(state.toString()), List.of(), List.of(etl));
        return new PipegraphPlan(pipegraph, List.of(plan), List.of(), HoconReader.parse("test", ""));
    }

    RunResult run(Etl.Builder etl) {
        return run(etl, RunRequest.all());
    }

    RunResult run(Etl.Builder etl, RunRequest request) {
        return new PipegraphRunner(session, plan(etl), request, RunListener.NONE).run();
    }

    /** Returns the id of the only run that is noted. */
    String unfinished() {
        List<LedgerEntry> runs = Ledger.ofPipegraph(new StateFolder(session, state.toString()), "p")
                .unfinished(new ClaimedWork(ClaimedWork.Kind.RUN, "all"));
        return runs.get(0).id();
    }

    private PlannedOutput output(Etl etl, Output output) {
        return new PlannedOutput(
                new OutputId("p", etl.name(), output.model()),
                output,
                Objects.requireNonNull(sinks.get(output.model())));
    }
}
