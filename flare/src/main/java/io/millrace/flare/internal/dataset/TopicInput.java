package io.millrace.flare.internal.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.ConfigSection;
import io.millrace.config.Suggestion;
import io.millrace.flare.internal.depot.Depot;
import io.millrace.flare.internal.text.FlareDocument;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what the records of a topic are. */
record TopicInput(Depot.Kafka kafka, ConfigSection input, Optional<WrittenSchema> schema, FlareDocument text) {

    private static final String REGISTRY = "schemaRegistryUrl";
    private static final List<String> FORMATS = List.of("json", "avro", "text", "binary", "kafkajson", "kafkaavro");

    /** Writes it into the value of a model; returns whether it is known. */
    boolean decode(ObjectNode value) {
        String format = input.optionalString("format").orElse("").toLowerCase(Locale.ROOT);
        String kind = format.replaceFirst("^kafka(?=.)", "");
        Optional<ObjectNode> registry = registry();
        String standard = registry.isPresent() ? "avro" : "binary";
        ObjectNode decode = value.putObject("decode");
        boolean known =
                switch (kind.isEmpty() || kind.equals("kafka") ? standard : kind) {
                    case "json" -> json(decode);
                    case "avro" -> avro(decode, registry);
                    case "text", "string" -> plain(decode, "string");
                    case "binary" -> plain(decode, "binary");
                    default -> {
                        input.problem(
                                "format", "unknown format \"" + format + "\"; " + Suggestion.among(format, FORMATS));
                        yield false;
                    }
                };
        if (kafka.registry().isPresent()) {
            text.ignore(input, "the depot " + kafka.name() + " says which registry is asked", REGISTRY);
        } else if (!decode.has("registry")) {
            text.ignore(input, "no registry is asked for the schema of these records", REGISTRY);
        }
        return known;
    }

    /** The depot's, else the one that the input names. */
    private Optional<ObjectNode> registry() {
        return kafka.registry().or(() -> input.optionalString(REGISTRY)
                .map(url -> JsonNodeFactory.instance.objectNode().put("url", url)));
    }

    private boolean json(ObjectNode decode) {
        decode.put("format", "json");
        schema.ifPresent(written -> decode.put("schema", written.ddl()));
        if (schema.isEmpty() && !input.has("schemaString") && !input.has("schema") && !input.has("schemaPath")) {
            input.problem(
                    "schemaString", "is missing; the fields of a topic's records in JSON are not known without it");
        }
        return schema.isPresent();
    }

    private boolean avro(ObjectNode decode, Optional<ObjectNode> registry) {
        boolean registered = registry.isPresent() && schema.isEmpty();
        decode.put("format", registered ? "confluent-avro" : "avro");
        registry.filter(each -> registered).ifPresent(each -> decode.set("registry", each.deepCopy()));
        schema.ifPresent(written -> decode.put("schema", written.text()));
        input.optionalString("schemaSubject").ifPresent(subject -> decode.put("subject", subject));
        return true;
    }

    private static boolean plain(ObjectNode decode, String format) {
        decode.put("format", format);
        return true;
    }
}
