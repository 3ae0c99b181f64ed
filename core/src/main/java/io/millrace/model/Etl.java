package io.millrace.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * @param deadLetterModel the model that takes rows which cannot be processed, or null
 * @param deadLetterLimit how many such rows there may be, or null
 * @param contract what it makes of schemas that change
 * @param trigger when it runs
 */
public record Etl(
        String name,
        List<Input> inputs,
        List<Step> steps,
        List<Output> outputs,
        List<Expectation> expectations,
        @Nullable String deadLetterModel,
        @Nullable DeadLetterLimit deadLetterLimit,
        Contract contract,
        Trigger trigger) {

    /** Copies the lists; refuses an ETL without a name, an input, or an output where it needs one. */
    public Etl {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
        outputs = List.copyOf(outputs);
        expectations = List.copyOf(expectations);
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of an ETL must not be blank");
        }
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("an ETL needs at least one input");
        }
        boolean looks = steps.stream().anyMatch(StrategyStep.class::isInstance)
                && expectations.isEmpty()
                && deadLetterModel == null;
        if (outputs.isEmpty() && !looks) {
            throw new IllegalArgumentException("an ETL needs at least one output");
        }
    }

    /** Starts an ETL of that name. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Returns the model that takes dead letters, where there is one. */
    public Optional<String> deadLetters() {
        return Optional.ofNullable(deadLetterModel);
    }

    /** Returns how many dead letters there may be, where that is limited. */
    public Optional<DeadLetterLimit> limit() {
        return Optional.ofNullable(deadLetterLimit);
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
        private Contract contract = Contract.NONE;
        private Trigger trigger = new Trigger.Batch();

        private Builder(String name) {
            this.name = name;
        }

        /** Adds an input that is read as its product does by itself. */
        public Builder input(String view, String model) {
            return input(new Input(view, model, Reading.BY_PRODUCT));
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

        /** Adds a step in Java that needs no configuration. */
        public Builder strategy(String view, Class<?> type) {
            return strategy(view, type, JsonNodeFactory.instance.objectNode());
        }

        /** Adds a step in Java. */
        public Builder strategy(String view, Class<?> type, ObjectNode configuration) {
            return step(new StrategyStep(view, type.getName(), configuration));
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
        public Builder contract(Contract agreed) {
            this.contract = agreed;
            return this;
        }

        /** Says when it runs. */
        public Builder trigger(Trigger when) {
            this.trigger = when;
            return this;
        }

        /** Makes the ETL. */
        public Etl build() {
            return new Etl(name, inputs, steps, outputs, expectations, deadLetters, limit, contract, trigger);
        }
    }
}
