package io.millrace.workflow.flare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.model.StrategyStep;
import java.util.LinkedHashMap;
import java.util.List;
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
        Optional<ModelDraft> model = dataset.flatMap(known -> model(known, input, schema, text));
        input.raw("dataset");
        input.optionalString("format");
        input.optionalString("schemaSubject");
        input.stringMap("options");
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
            Dataset dataset, ConfigSection input, Optional<Written> schema, Text text) {
        ModelDraft model = new ModelDraft(dataset.value());
        String standard = dataset.depot() instanceof Depot.Kafka ? "" : "iceberg";
        String format = input.optionalString("format").orElse(standard).toLowerCase(Locale.ROOT);
        Map<String, String> options = new LinkedHashMap<>(input.stringMap("options"));
        model.written("options", input.path("options"));
        model.written(dataset.key(), dataset.path());
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
        } else if (dataset.depot() instanceof Depot.Kafka kafka) {
            boolean known = topic(model.value(), kafka, format, input, schema);
            TopicOptions.read(options, model, input);
            return Optional.of(model).filter(each -> known);
        }
        return Optional.of(model);
    }

    /** Returns whether it is known what the records are. */
    private static boolean topic(
            ObjectNode value, Depot.Kafka kafka, String format, ConfigSection input, Optional<Written> schema) {
        Optional<String> subject = input.optionalString("schemaSubject");
        String kind = format.replaceFirst("^kafka(?=.)", "");
        String standard = kafka.registry().isPresent() ? "avro" : "binary";
        ObjectNode decode = value.putObject("decode");
        switch (kind.isEmpty() || kind.equals("kafka") ? standard : kind) {
            case "json" -> {
                decode.put("format", "json");
                schema.ifPresent(written -> decode.put("schema", written.ddl()));
                if (schema.isEmpty()
                        && !input.has("schemaString")
                        && !input.has("schema")
                        && !input.has("schemaPath")) {
                    input.problem(
                            "schemaString",
                            "is missing; the fields of a topic's records in JSON are not known without it");
                }
                return schema.isPresent();
            }
            case "avro" -> {
                boolean registered = kafka.registry().isPresent() && schema.isEmpty();
                decode.put("format", registered ? "confluent-avro" : "avro");
                kafka.registry()
                        .filter(each -> registered)
                        .ifPresent(registry -> decode.set("registry", registry.deepCopy()));
                schema.ifPresent(written -> decode.put("schema", written.text()));
                subject.ifPresent(each -> decode.put("subject", each));
            }
            case "text", "string" -> decode.put("format", "string");
            case "binary" -> decode.put("format", "binary");
            default -> {
                input.problem(
                        "format",
                        "unknown format \"" + format + "\"; "
                                + Suggestion.among(
                                        format, List.of("json", "avro", "text", "binary", "kafkajson", "kafkaavro")));
                return false;
            }
        }
        return true;
    }
}
