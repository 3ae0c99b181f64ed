package io.millrace.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.config.Problem;
import io.millrace.config.Problems;
import io.millrace.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One flow of a pipegraph: inputs, steps, outputs.
 *
 * @param name not blank, unique in its pipegraph
 * @param inputs at least one
 * @param steps may be empty: then the only input's view goes to the outputs
 * @param outputs at least one; none only where a step in Java looks at the rows by itself, such as a check, and then no expectations and no dead
 *     letters, which are found on the way to an output
 * @param expectations checked on the result of the last step
 * @param deadLetters the model that takes rows which cannot be processed, where there is one
 * @param deadLetterLimit how many such rows there may be, where that is limited
 * @param contract what it makes of schemas that change
 * @param trigger when it runs
 */
public record Etl(
        String name,
        List<Input> inputs,
        List<Step> steps,
        List<Output> outputs,
        List<Expectation> expectations,
        Optional<String> deadLetters,
        Optional<DeadLetterLimit> deadLetterLimit,
        SchemaContract contract,
        Trigger trigger) {

    /** Copies the lists; refuses an ETL without a name, an input, or an output where it needs one. */
    public Etl {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
        outputs = List.copyOf(outputs);
        expectations = List.copyOf(expectations);
        List<String> missing = missing(name, inputs, steps, outputs, expectations, deadLetters);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", missing));
        }
    }

    private static List<String> missing(
            String name,
            List<Input> inputs,
            List<Step> steps,
            List<Output> outputs,
            List<Expectation> expectations,
            Optional<String> deadLetters) {
        List<String> missing = new ArrayList<>();
        if (name.isBlank()) {
            missing.add("the name of an ETL must not be blank");
        }
        if (inputs.isEmpty()) {
            missing.add("an ETL needs at least one input");
        }
        boolean looks =
                !steps.stream().allMatch(SqlStep.class::isInstance) && expectations.isEmpty() && deadLetters.isEmpty();
        if (outputs.isEmpty() && !looks) {
            missing.add("an ETL needs at least one output");
        }
        return missing;
    }

    /** Starts an ETL of that name. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Returns the name of the view that goes to the outputs; empty where several inputs meet in no step. */
    public Optional<String> result() {
        if (!steps.isEmpty()) {
            return Optional.of(steps.get(steps.size() - 1).name());
        }
        return inputs.size() == 1 ? Optional.of(inputs.get(0).view()) : Optional.empty();
    }

    /** Builds an ETL; without a trigger it is a batch run. Not for use by several threads. */
    public static final class Builder {

        private final String name;
        private final List<Input> inputs = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final List<Output> outputs = new ArrayList<>();
        private final List<Expectation> expectations = new ArrayList<>();
        private @Nullable String deadLetters;
        private @Nullable DeadLetterLimit limit;
        private SchemaContract contract = SchemaContract.NONE;
        private Trigger trigger = new Trigger.Batch();

        private Builder(String name) {
            this.name = name;
        }

        /** Begins with what an ETL is. */
        Builder(Etl etl) {
            this.name = etl.name;
            inputs.addAll(etl.inputs);
            steps.addAll(etl.steps);
            outputs.addAll(etl.outputs);
            expectations.addAll(etl.expectations);
            this.deadLetters = etl.deadLetters.orElse(null);
            this.limit = etl.deadLetterLimit.orElse(null);
            this.contract = etl.contract;
            this.trigger = etl.trigger;
        }

        /** Adds an input that is read as its product does by itself. */
        public Builder input(String view, String model) {
            return input(new Input(view, model, Reading.BY_PRODUCT));
        }

        /** Adds an input, and says how it is read where the ETL streams. */
        public Builder input(String view, String model, Reading reading) {
            return input(new Input(view, model, reading));
        }

        /** Adds an input. */
        public Builder input(Input input) {
            inputs.add(input);
            return this;
        }

        /** Adds a step in SQL. */
        public Builder sql(String view, String sql) {
            return step(new SqlStep(view, sql));
        }

        /**
         * Adds a step in Java.
         *
         * @param strategy a Strategy or a StreamingStrategy
         * @param configuration what it is configured with
         */
        public <C extends Record> Builder strategy(String view, Configured<C> strategy, C configuration) {
            return step(new InstanceStep<>(view, strategy, configuration));
        }

        /** Adds a step in Java that needs no configuration, by its class, which is loaded where the ETL is planned. */
        public Builder strategy(String view, Class<? extends Configured<?>> type) {
            return step(new StrategyStep(view, type.getName(), JsonNodeFactory.instance.objectNode()));
        }

        /** Adds a step. */
        public Builder step(Step step) {
            steps.add(step);
            return this;
        }

        /** Adds an output that takes every row. */
        public Builder output(String model) {
            return output(Output.to(model));
        }

        /** Adds an output that takes the rows which meet a predicate of Spark SQL. */
        public Builder output(String model, String where) {
            return output(new Output(model, where));
        }

        /** Adds an output. */
        public Builder output(Output output) {
            outputs.add(output);
            return this;
        }

        /** Adds an expectation. */
        public Builder expect(String expectation, String that, Expectation.Otherwise otherwise) {
            expectations.add(new Expectation(expectation, that, otherwise));
            return this;
        }

        /** Names the model that takes rows which cannot be processed. */
        public Builder deadLetters(String model) {
            this.deadLetters = model;
            return this;
        }

        /** Says how many dead letters there may be. */
        public Builder deadLetterLimit(DeadLetterLimit most) {
            this.limit = most;
            return this;
        }

        /** Says what it makes of schemas that change. */
        public Builder contract(SchemaContract agreed) {
            this.contract = agreed;
            return this;
        }

        /** Says when it runs. */
        public Builder trigger(Trigger when) {
            this.trigger = when;
            return this;
        }

        /**
         * Makes the ETL.
         *
         * @throws io.millrace.config.MillraceException of kind USER with everything that is missing
         */
        public Etl build() {
            Problems problems = new Problems();
            addMissing(problems);
            problems.throwIfAny();
            return made();
        }

        /** Notes what is missing, under the name of the ETL. */
        void addMissing(Problems problems) {
            missing(name, inputs, steps, outputs, expectations, Optional.ofNullable(deadLetters))
                    .forEach(message -> problems.add(new Problem(null, "etl " + name, message)));
        }

        /** Notes which models it names that are not among those of its pipegraph. */
        void addUnknown(Set<String> models, Problems problems) {
            inputs.forEach(input -> addUnknown("input " + input.view(), input.model(), models, problems));
            outputs.forEach(output -> addUnknown("output", output.model(), models, problems));
            if (deadLetters != null) {
                addUnknown("dead letters", deadLetters, models, problems);
            }
        }

        private void addUnknown(String use, String model, Set<String> models, Problems problems) {
            if (!models.contains(model)) {
                problems.add(new Problem(
                        null,
                        "etl " + name + ", " + use,
                        "no model is named \"" + model + "\"; " + Suggestion.among(model, models)));
            }
        }

        /** Makes the ETL, of which nothing is missing. */
        Etl made() {
            return new Etl(
                    name,
                    inputs,
                    steps,
                    outputs,
                    expectations,
                    Optional.ofNullable(deadLetters),
                    Optional.ofNullable(limit),
                    contract,
                    trigger);
        }
    }
}
