package io.millrace.testkit;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.config.Problems;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.model.SchemaContract;
import io.millrace.spi.OutputContext;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkPlugin;
import io.millrace.spi.Source;
import io.millrace.spi.SourcePlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A model as a plugin sees it when a pipegraph is planned, without the pipegraph around it: the text between the braces of {@code value { … }}, in
 * a file {@code test.conf}.
 */
public final class TestModel {

    /** The output that models are written as. */
    public static final OutputId OUTPUT = new OutputId("shop", "orders", "target");

    private final ConfigDocument document;
    private final ConfigDocument settings;
    private final SchemaContract.Policy newColumns;
    private final boolean deadLetters;
    private final Problems problems = new Problems();
    private final List<String> warnings = new ArrayList<>();

    private TestModel(
            ConfigDocument document, ConfigDocument settings, SchemaContract.Policy newColumns, boolean deadLetters) {
        this.document = document;
        this.settings = settings;
        this.newColumns = newColumns;
        this.deadLetters = deadLetters;
    }

    /** Reads a value written in HOCON. */
    public static TestModel of(String value) {
        ConfigDocument document = HoconReader.parse("test.conf", value);
        return new TestModel(document, document, SchemaContract.NONE.table(), false);
    }

    /** Returns the same beside other settings: those of the whole configuration, written in HOCON, in a file {@code settings.conf}. */
    public TestModel configuredBy(String text) {
        return new TestModel(document, HoconReader.parse("settings.conf", text), newColumns, deadLetters);
    }

    /** Returns the same in an ETL whose contract says what becomes of columns that the target has not. */
    public TestModel withNewColumns(SchemaContract.Policy policy) {
        return new TestModel(document, settings, policy, deadLetters);
    }

    /** Returns the same in an ETL that has a place for dead letters. */
    public TestModel withDeadLetters() {
        return new TestModel(document, settings, newColumns, true);
    }

    /**
     * Has a plugin decode it as an input.
     *
     * @throws MillraceException with everything that is wrong
     */
    public Source source(SourcePlugin plugin) {
        return decoded(plugin.source(new Context(RunMode.BATCH)));
    }

    /**
     * Has a plugin decode it as an output.
     *
     * @throws MillraceException with everything that is wrong
     */
    public Sink sink(SinkPlugin plugin, RunMode mode) {
        return decoded(plugin.sink(new Context(mode)));
    }

    /** Returns what the plugin told the user that is not an error. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private <T> T decoded(Optional<? extends T> decoded) {
        problems.throwIfAny();
        return decoded.orElseThrow(() -> new AssertionError("nothing is decoded, and no problem is noted"));
    }

    private final class Context implements OutputContext {

        private final RunMode mode;
        private final ConfigSection value = document.root(problems);

        Context(RunMode mode) {
            this.mode = mode;
        }

        @Override
        public String model() {
            return OUTPUT.output();
        }

        @Override
        public ConfigSection value() {
            return value;
        }

        @Override
        public ConfigDocument settings() {
            return settings;
        }

        @Override
        public Optional<String> expressionProblem(String expression) {
            try {
                SqlSyntax.expression(expression);
                return Optional.empty();
            } catch (SqlSyntax.SyntaxException wrong) {
                return Optional.of(wrong.getMessage());
            }
        }

        @Override
        public ClassLoader classLoader() {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            return context == null ? TestModel.class.getClassLoader() : context;
        }

        @Override
        public void warn(String message) {
            warnings.add(message);
        }

        @Override
        public <T> Optional<T> once(Class<T> type, Supplier<Optional<T>> loader) {
            return loader.get();
        }

        @Override
        public OutputId output() {
            return OUTPUT;
        }

        @Override
        public RunMode mode() {
            return mode;
        }

        @Override
        public SchemaContract.Policy newColumns() {
            return newColumns;
        }

        @Override
        public boolean deadLettersAvailable() {
            return deadLetters;
        }
    }
}
