package io.millrace.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.AllowedWords;
import io.millrace.config.ConfigSection;
import io.millrace.model.DeadLetterLimit;
import io.millrace.model.Etl;
import io.millrace.model.Expectation;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.model.Input;
import io.millrace.model.Output;
import io.millrace.model.Reading;
import io.millrace.model.SchemaContract;
import io.millrace.model.SchemaContract.Policy;
import io.millrace.model.SqlStep;
import io.millrace.model.Step;
import io.millrace.model.StrategyStep;
import io.millrace.model.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decodes one element of {@code etls}. */
final class EtlDecoder {

    private static final AllowedWords<Trigger> TRIGGERS = new AllowedWords<>(Map.of(
            "batch", new Trigger.Batch(),
            "available-now", new Trigger.AvailableNow(),
            "continuous", new Trigger.Continuous()));

    private EtlDecoder() {}

    static Optional<Etl> decode(ConfigSection etl) {
        etl.instead(EtlGuesses.OF_ETL);
        String name = etl.string("name");
        List<Input> inputs = inputs(etl);
        List<Step> steps = new ArrayList<>();
        etl.sections("steps", "{ name = NAME, sql = \"SELECT …\" }")
                .forEach(step -> step(step).ifPresent(steps::add));
        List<Output> outputs = outputs(etl);
        List<Expectation> expectations = new ArrayList<>();
        etl.sections("expectations", "{ name = NAME, that = \"price > 0\", otherwise = drop }")
                .forEach(each -> expectation(each).ifPresent(expectations::add));
        Optional<String> deadLetters = etl.optionalString("dead-letters");
        Optional<DeadLetterLimit> limit =
                etl.optionalSection("dead-letter-limit").flatMap(EtlDecoder::limit);
        SchemaContract contract = contract(etl);
        Trigger trigger = trigger(etl);
        return etl.build(
                () -> new Etl(name, inputs, steps, outputs, expectations, deadLetters, limit, contract, trigger));
    }

    /** One word for both, or one for each. */
    private static SchemaContract contract(ConfigSection etl) {
        if (etl.raw("contract").filter(JsonNode::isObject).isPresent()) {
            ConfigSection section = etl.section("contract");
            Optional<Policy> record = section.optionalEnum("record", Policy.class);
            Optional<Policy> table = section.optionalEnum("table", Policy.class);
            return section.build(() -> new SchemaContract(
                            record.orElse(SchemaContract.NONE.record()), table.orElse(SchemaContract.NONE.table())))
                    .orElse(SchemaContract.NONE);
        }
        return etl.optionalEnum("contract", Policy.class)
                .map(SchemaContract::of)
                .orElse(SchemaContract.NONE);
    }

    private static Optional<DeadLetterLimit> limit(ConfigSection section) {
        Optional<Double> percent = section.optionalDouble("percent");
        if (!section.has("percent")) {
            section.problem("percent", "is missing; how many of a hundred rows may become dead letters");
        }
        percent.filter(number -> !(number >= 0 && number <= 100))
                .ifPresent(number -> section.problem("percent", "must be from 0 to 100, not " + number));
        long last = section.optionalPositiveInt("last").orElse(10_000);
        long warmUp = section.optionalPositiveInt("warm-up").orElse(1_000);
        return section.build(() -> new DeadLetterLimit(percent.orElseThrow(), last, warmUp));
    }

    private static List<Input> inputs(ConfigSection etl) {
        List<Input> inputs = new ArrayList<>();
        boolean guessed =
                !etl.has("inputs") && etl.keys().stream().anyMatch(List.of("input", "source", "from")::contains);
        if (guessed) {
            return inputs;
        }
        ConfigSection section = etl.section("inputs", "{ VIEW = MODEL }, where VIEW is the name for SQL");
        for (String view : section.keys()) {
            if (section.raw(view).filter(JsonNode::isObject).isPresent()) {
                section.optionalSection(view)
                        .flatMap(input -> input(view, input))
                        .ifPresent(inputs::add);
            } else {
                String model = section.string(view);
                if (!model.isEmpty()) {
                    inputs.add(new Input(view, model, Reading.BY_PRODUCT));
                }
            }
        }
        return inputs;
    }

    private static Optional<Input> input(String view, ConfigSection input) {
        String model = input.string("model");
        Reading reading = input.optionalBoolean("stream")
                .map(stream -> stream ? Reading.STREAM : Reading.STATIC)
                .orElse(Reading.BY_PRODUCT);
        return input.build(() -> new Input(view, model, reading));
    }

    private static Optional<Step> step(ConfigSection step) {
        String name = step.string("name");
        Optional<String> sql = step.optionalString("sql");
        Optional<String> strategy = step.optionalString("strategy");
        Optional<ObjectNode> configuration =
                step.optionalSection("configuration").map(ConfigSection::raw);
        if (step.has("sql") == step.has("strategy")) {
            step.problem("a step needs either sql or strategy");
        }
        if (step.has("sql") && step.has("configuration")) {
            step.problem("configuration", "belongs to a strategy, not to a step in SQL");
        }
        return step.build(() -> sql.isPresent()
                ? new SqlStep(name, sql.get())
                : new StrategyStep(
                        name, strategy.orElse(""), configuration.orElseGet(JsonNodeFactory.instance::objectNode)));
    }

    private static List<Output> outputs(ConfigSection etl) {
        List<Output> outputs = new ArrayList<>();
        boolean one = etl.has("output");
        boolean several = etl.has("outputs");
        boolean guessed = etl.keys().stream().anyMatch(List.of("sink", "target", "to")::contains);
        if (one == several && !guessed) {
            etl.problem("needs either output = MODEL or outputs = [ { model, where } ]");
        }
        if (one && etl.raw("output").filter(JsonNode::isObject).isPresent()) {
            etl.optionalSection("output").flatMap(EtlDecoder::output).ifPresent(outputs::add);
        } else if (one && etl.raw("output").filter(JsonNode::isArray).isPresent()) {
            etl.problem("output", "is one model; write outputs = [ { model = MODEL }, { model = OTHER } ]");
        } else if (one) {
            etl.optionalString("output").map(Output::to).ifPresent(outputs::add);
        }
        etl.sections("outputs", "{ model = MODEL }")
                .forEach(section -> output(section).ifPresent(outputs::add));
        if (etl.raw("outputs").filter(list -> list.isArray() && list.isEmpty()).isPresent()) {
            etl.problem("outputs", "is empty; an ETL needs at least one output");
        }
        return outputs;
    }

    private static Optional<Output> output(ConfigSection section) {
        section.instead(EtlGuesses.OF_OUTPUT);
        String model = section.string("model");
        Optional<String> where = section.optionalString("where");
        Optional<String> replaces = section.optionalString("replaces");
        return section.build(() -> new Output(model, where, replaces));
    }

    private static Optional<Expectation> expectation(ConfigSection section) {
        String name = section.string("name");
        String that = section.string("that");
        if (!section.has("otherwise")) {
            section.problem("otherwise", "is missing; one of warn, drop, dead-letter, fail");
        }
        Optional<Otherwise> otherwise = section.optionalEnum("otherwise", Otherwise.class);
        return section.build(() -> new Expectation(name, that, otherwise.orElseThrow()));
    }

    private static Trigger trigger(ConfigSection etl) {
        if (etl.raw("trigger").filter(JsonNode::isObject).isPresent()) {
            ConfigSection every = etl.section("trigger");
            if (!every.has("every")) {
                every.problem("every", "is missing; write trigger { every = 10s }");
            }
            Optional<Duration> interval = every.optionalDuration("every");
            return every.build(() -> new Trigger.Every(interval.orElseThrow()))
                    .orElseGet(() -> new Trigger.Every(Duration.ofSeconds(1)));
        }
        Optional<String> word = etl.optionalString("trigger");
        Optional<Trigger> trigger = word.flatMap(TRIGGERS::find);
        if (word.isPresent() && trigger.isEmpty()) {
            etl.problem("trigger", TRIGGERS.unknown(word.get()) + ", or trigger { every = 10s }");
        }
        return trigger.orElseGet(Trigger.Batch::new);
    }
}
