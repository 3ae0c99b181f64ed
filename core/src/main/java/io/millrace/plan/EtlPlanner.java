package io.millrace.plan;

import io.millrace.config.ConfigPath;
import io.millrace.internal.spark.sql.ParsedQueries;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.load.LoadedPipegraph;
import io.millrace.model.Etl;
import io.millrace.model.Expectation;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.model.Input;
import io.millrace.model.Output;
import io.millrace.model.Pipegraph;
import io.millrace.model.Reading;
import io.millrace.model.SchemaContract;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.spi.Source;
import io.millrace.spi.StreamingSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans one ETL. */
final class EtlPlanner {

    private final Pipegraph pipegraph;
    private final Etl etl;
    private final String path;
    private final Models models;
    private final ParsedQueries queries;
    private final PlanNotes notes;
    private final boolean streaming;

    EtlPlanner(LoadedPipegraph loaded, int index, Models models, ParsedQueries queries, PlanNotes notes) {
        this.pipegraph = loaded.pipegraph();
        this.etl = pipegraph.etls().get(index);
        this.path = loaded.etlPaths().get(index);
        this.models = models;
        this.queries = queries;
        this.notes = notes;
        this.streaming = etl.trigger().streaming();
    }

    /** Returns the plan; what is missing in it because of a problem is noted, so it must not run then. */
    Optional<EtlPlan> plan() {
        List<PlannedInput> inputs = inputs();
        List<PlannedStep> steps = new StepPlanner(pipegraph, etl, path, models.classLoader(), queries, notes).plan();
        if (etl.result().isEmpty()) {
            notes.problem(path, "has several inputs and no step; add a step that brings them together");
        }
        if (streaming && pipegraph.state().isEmpty()) {
            notes.problem(
                    ConfigPath.child(path, "trigger"),
                    "a stream needs a place for its checkpoint; set pipegraph.state to a folder");
        }
        checkStreamingStep(inputs, steps);
        warnOfRejects(inputs);
        checkExpectations();
        List<PlannedOutput> outputs = outputs();
        @Nullable PlannedOutput deadLetters = deadLetters();
        @Nullable Source letters = etl.deadLetters().flatMap(models::readable).orElse(null);
        new ContractCheck(etl, path, notes).check(inputs, outputs);
        List<WrittenSql> texts = SqlTexts.of(etl, path, outputs, notes);
        return Optional.of(new EtlPlan(etl, inputs, steps, outputs, deadLetters, letters, after(), texts));
    }

    private List<PlannedInput> inputs() {
        Map<Input, Source> sources = new LinkedHashMap<>();
        Set<String> views = new HashSet<>();
        for (Input input : etl.inputs()) {
            String at = inputPath(input);
            if (!views.add(input.view())) {
                notes.problem(at, "two inputs have this name; rename one");
            }
            models.source(input.model(), at).ifPresent(source -> sources.put(input, source));
        }
        Set<Input> streamed = streaming ? streamed(sources) : Set.of();
        return sources.entrySet().stream()
                .map(each -> new PlannedInput(each.getKey(), each.getValue(), streamed.contains(each.getKey())))
                .toList();
    }

    /** Chooses the input that streams, and notes where there is none or more than one. */
    private Set<Input> streamed(Map<Input, Source> sources) {
        Set<Input> streamed = new LinkedHashSet<>();
        sources.forEach((input, source) -> {
            if (input.reading() == Reading.STREAM && !(source instanceof StreamingSource)) {
                notes.problem(inputPath(input), "cannot be streamed: " + source.description());
            } else if (source instanceof StreamingSource stream
                    && (input.reading() == Reading.STREAM
                            || (input.reading() == Reading.BY_PRODUCT && stream.streamsByDefault()))) {
                stream.streamingProblem().ifPresent(problem -> notes.problem(inputPath(input), problem));
                streamed.add(input);
            }
        });
        if (streamed.size() > 1) {
            String names = streamed.stream().map(Input::view).collect(Collectors.joining(", "));
            notes.problem(
                    ConfigPath.child(path, "inputs"),
                    "only one input can stream, here are " + streamed.size() + ": " + names
                            + "; read the others whole with { model = …, stream = false }");
        } else if (streamed.isEmpty() && sources.size() == etl.inputs().size()) {
            notes.problem(
                    ConfigPath.child(path, "trigger"),
                    "the ETL has a streaming trigger but no input that streams; remove the trigger, or stream an input with { model = …, stream = true }");
        }
        return streamed;
    }

    /** A streaming strategy sees decoded rows, and what was looked up when the stream began does not suffice for all of them. */
    private void checkStreamingStep(List<PlannedInput> inputs, List<PlannedStep> steps) {
        boolean onStream = steps.stream().anyMatch(PlannedStep.Streaming.class::isInstance);
        for (PlannedInput input : inputs) {
            if (onStream
                    && input.streamed()
                    && input.source() instanceof DecodingSource source
                    && source.lookup(etl.contract().record()).isPresent()) {
                notes.problem(
                        inputPath(input.input()),
                        "a StreamingStrategy cannot follow it, as it is decoded batch by batch, with schemas that may be registered while the stream"
                                + " runs; use a Strategy, or write the decoded rows to a table and stream that");
            }
        }
    }

    /** Only where the ETL is written as such: in Java nobody asks for warnings, and other languages have no way to say where dead letters go. */
    private void warnOfRejects(List<PlannedInput> inputs) {
        for (PlannedInput input : inputs) {
            String at = inputPath(input.input());
            if (etl.deadLetters().isEmpty()
                    && input.source() instanceof DecodingSource source
                    && source.mayReject()
                    && notes.ofEtlsAsWritten()) {
                notes.warning(
                        at,
                        "a record that cannot be decoded fails the ETL; add dead-letters = MODEL to it to keep such"
                                + " records aside");
            }
        }
    }

    private void checkExpectations() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < etl.expectations().size(); i++) {
            Expectation expectation = etl.expectations().get(i);
            String at = ConfigPath.element(ConfigPath.child(path, "expectations"), i);
            if (!names.add(expectation.name())) {
                notes.problem(at + ".name", "two expectations have this name; rename one");
            }
            checkExpression(at + ".that", expectation.that());
            if (expectation.otherwise() == Otherwise.DEAD_LETTER
                    && etl.deadLetters().isEmpty()) {
                notes.problem(at + ".otherwise", PlanNotes.NO_DEAD_LETTERS);
            }
        }
    }

    private List<PlannedOutput> outputs() {
        List<PlannedOutput> outputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < etl.outputs().size(); i++) {
            Output output = etl.outputs().get(i);
            String at = notes.outputPath(path, i);
            if (!names.add(output.model())) {
                notes.problem(
                        at, "two outputs write the model \"" + output.model() + "\"; join their conditions with OR");
            }
            output.where().ifPresent(where -> checkExpression(at + ".where", where));
            planned(output, at, etl.contract().table()).ifPresent(planned -> {
                new ReplacementCheck(pipegraph, etl, notes).check(planned, at + ".replaces");
                outputs.add(planned);
            });
        }
        return outputs;
    }

    private @Nullable PlannedOutput deadLetters() {
        Optional<String> model = etl.deadLetters();
        if (model.isEmpty()) {
            etl.deadLetterLimit()
                    .ifPresent(limit ->
                            notes.problem(ConfigPath.child(path, "dead-letter-limit"), PlanNotes.NO_DEAD_LETTERS));
            return null;
        }
        String at = ConfigPath.child(path, "dead-letters");
        if (etl.outputs().stream().anyMatch(output -> output.model().equals(model.get()))) {
            notes.problem(at, "dead letters have columns of their own and cannot go to an output of the same ETL");
        }
        return planned(Output.to(model.get()), at, SchemaContract.NONE.table()).orElse(null);
    }

    private Optional<PlannedOutput> planned(Output output, String at, SchemaContract.Policy newColumns) {
        OutputId id = new OutputId(pipegraph.name(), etl.name(), output.model());
        RunMode mode = streaming ? RunMode.STREAM : RunMode.BATCH;
        return models.sink(new OutputUse(id, mode, newColumns, etl.deadLetters().isPresent()), at)
                .map(sink -> new PlannedOutput(id, output, sink));
    }

    private Set<String> after() {
        Set<String> read = etl.inputs().stream().map(Input::model).collect(Collectors.toSet());
        Set<String> after = new LinkedHashSet<>();
        for (Etl other : pipegraph.etls()) {
            if (other.outputs().stream().map(Output::model).anyMatch(read::contains)
                    || other.deadLetters().filter(read::contains).isPresent()) {
                after.add(other.name());
            }
        }
        return after;
    }

    private void checkExpression(String at, String sql) {
        try {
            SqlSyntax.expression(sql);
        } catch (SqlSyntax.SyntaxException wrong) {
            notes.problem(at, "is not a Spark SQL expression: " + wrong.getMessage());
        }
    }

    private String inputPath(Input input) {
        return ConfigPath.child(ConfigPath.child(path, "inputs"), input.view());
    }
}
