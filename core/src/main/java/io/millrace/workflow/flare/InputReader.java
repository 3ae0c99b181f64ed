package io.millrace.workflow.flare;

import io.millrace.config.ConfigSection;
import io.millrace.model.StrategyStep;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one element of {@code inputs}. */
final class InputReader {

    private InputReader() {}

    static Optional<InputView> read(ConfigSection input, Draft draft, Text text) {
        String name = input.string("name");
        text.refuse(
                input,
                "is not supported: there is no other engine to ask; read the tables as inputs and ask in a step",
                "query");
        Optional<Dataset> dataset =
                input.has("query") ? Optional.empty() : Dataset.decode(input, "dataset", Optional.empty(), text);
        Text.read(input, "title", "description", "tags");
        @Nullable Boolean stream = input.optionalBoolean("isStream").orElse(null);
        Optional<StrategyStep> slice = IncrementalReader.read(input, name);
        Optional<Written> schema = SchemaReader.read(input, text);
        Map<String, String> options = ReaderOptions.read(input, text);
        Optional<ModelDraft> model = dataset.flatMap(known -> model(known, input, schema, options, text));
        Text.read(input, "dataset", "schemaRegistryUrl");
        input.optionalString("format");
        input.optionalString("schemaSubject");
        if (slice.isPresent() && Boolean.TRUE.equals(stream)) {
            input.problem("incremental", "is not for a stream, which takes each row once by itself");
        }
        input.build(() -> input);
        if (name.isBlank()) {
            return Optional.empty();
        }
        String modelName = model.isPresent() && dataset.isPresent()
                ? model.get().add(name, dataset.get().depot(), input.path(), draft)
                : draft.broken(name, input.path());
        return Optional.of(new InputView(
                name,
                input.path(),
                modelName,
                dataset.map(Dataset::depot).orElse(null),
                dataset.map(known -> known.address().access()).orElse(Address.Access.UNSAID),
                stream,
                slice.orElse(null)));
    }

    private static Optional<ModelDraft> model(
            Dataset dataset, ConfigSection input, Optional<Written> schema, Map<String, String> options, Text text) {
        ModelDraft model = new ModelDraft(dataset.value());
        String format = input.optionalString("format").orElse("iceberg").toLowerCase(Locale.ROOT);
        model.written("options", input.path("options"));
        model.written(dataset.key(), dataset.path());
        if (dataset.depot() instanceof Depot.Kafka kafka) {
            boolean known = new TopicInput(kafka, input, schema, text).decode(model.value());
            TopicOptions.read(options, model, input);
            return Optional.of(model).filter(each -> known);
        }
        text.ignore(input, "the dataset is no topic", "schemaRegistryUrl");
        if (dataset.depot() instanceof Depot.Files files) {
            if (!FileFormats.check(format, files, input, "format")) {
                return Optional.empty();
            }
            model.value().put("format", format);
            schema.ifPresent(written -> written.columns(model, format));
            Map<String, String> all = new LinkedHashMap<>(files.options());
            all.putAll(options);
            model.texts("options", all);
        } else if (dataset.depot() instanceof Depot.Iceberg) {
            if (!format.equals("iceberg")) {
                input.problem(
                        "format",
                        "cannot be " + format + ": the depot " + dataset.depot().name()
                                + " is of kind iceberg and holds Iceberg tables only");
            }
            if (schema.isPresent()) {
                text.warn(schema.get().path(), "is not used: an Iceberg table knows its columns");
            }
            Optional.ofNullable(options.remove("branch"))
                    .ifPresent(branch -> model.value().put("branch", branch));
            model.texts("options", options);
        }
        return Optional.of(model);
    }
}
