package io.millrace.plan;

import io.millrace.config.ConfigDocument;
import io.millrace.config.ConfigSection;
import io.millrace.internal.spark.sql.SqlSyntax;
import io.millrace.model.GenericModel;
import io.millrace.model.SchemaContract;
import io.millrace.spi.OutputContext;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a plugin is given to decode one model. */
final class ModelContext implements OutputContext {

    private final GenericModel model;
    private final ConfigSection value;
    private final PlanNotes notes;
    private final ClassLoader classLoader;
    private final Map<Class<?>, Optional<?>> shared;
    private final @Nullable OutputUse output;

    ModelContext(
            GenericModel model,
            PlanNotes notes,
            ClassLoader classLoader,
            Map<Class<?>, Optional<?>> shared,
            @Nullable OutputUse output) {
        this.model = model;
        this.value = ConfigSection.at(
                PlanNotes.model(model.name()) + ".value",
                model.value(),
                notes.document().sources(),
                notes.problems());
        this.notes = notes;
        this.classLoader = classLoader;
        this.shared = shared;
        this.output = output;
    }

    @Override
    public String model() {
        return model.name();
    }

    @Override
    public ConfigSection value() {
        return value;
    }

    @Override
    public ConfigDocument settings() {
        return notes.document();
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
        return classLoader;
    }

    @Override
    public void warn(String message) {
        notes.warning(PlanNotes.model(model.name()), message);
    }

    @Override
    @SuppressWarnings("unchecked") // what is put under a class comes from a loader of that class
    public <T> Optional<T> once(Class<T> type, Supplier<Optional<T>> loader) {
        Optional<?> known = shared.get(type);
        if (known == null) {
            known = loader.get();
            shared.put(type, known);
        }
        return (Optional<T>) known;
    }

    @Override
    public OutputId output() {
        return use().id();
    }

    @Override
    public RunMode mode() {
        return use().mode();
    }

    @Override
    public SchemaContract.Policy newColumns() {
        return use().newColumns();
    }

    @Override
    public boolean deadLettersAvailable() {
        return use().deadLetters();
    }

    private OutputUse use() {
        if (output == null) {
            throw new IllegalStateException("model " + model.name() + " is read here, not written");
        }
        return output;
    }
}
