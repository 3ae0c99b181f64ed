package io.millrace.flare.internal.dataset;

import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.depot.Depot;
import io.millrace.flare.internal.text.FlareDocument;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what an input says of its dataset: format, schema and options. */
public final class InputOptions {

    private InputOptions() {}

    /**
     * Returns the model of what is read; empty where it is not known, which is noted.
     *
     * @param dataset empty where its address is wrong
     */
    public static Optional<ModelDraft> read(Optional<Dataset> dataset, ConfigSection input, FlareDocument text) {
        Optional<WrittenSchema> schema = SchemaReader.read(input, text);
        Map<String, String> options = ReaderOptions.read(input, text);
        return dataset.flatMap(known -> model(known, input, schema, options, text));
    }

    private static Optional<ModelDraft> model(
            Dataset dataset,
            ConfigSection input,
            Optional<WrittenSchema> schema,
            Map<String, String> options,
            FlareDocument text) {
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
            if (!DepotFormats.check(format, files, input, "format")) {
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
