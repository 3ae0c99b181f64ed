package io.millrace.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.MillraceException;
import io.millrace.kafka.registry.RegisteredSchema;
import io.millrace.kafka.registry.SchemaRegistry;
import io.millrace.kafka.spark.RegisteredAvroValue.Refused;
import io.millrace.kafka.spark.RegisteredAvroValue.Understood;
import io.millrace.kafka.spark.RegisteredAvroValue.Writer;
import io.millrace.spi.DeadLetterStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.jspecify.annotations.Nullable;

/** The schemas that records may have been written with, as far as they are known; and the ids that the registry does not know, which may change. */
final class WriterSchemas {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How many unknown ids are asked for again before a batch: bytes that are no header at all can name any number of them. */
    private static final int ASKED_AGAIN = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaRegistry registry;
    private final Set<Integer> known = new TreeSet<>();
    private final Map<Integer, Instant> unknown = new TreeMap<>();

    private WriterSchemas(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** Takes up what was found before. */
    static WriterSchemas of(SchemaRegistry registry, @Nullable String written) {
        WriterSchemas schemas = new WriterSchemas(registry);
        if (written != null) {
            JsonNode findings = read(written);
            findings.path("known").forEach(id -> schemas.known.add(id.asInt()));
            findings.path("unknown")
                    .properties()
                    .forEach(each -> schemas.unknown.put(
                            Integer.valueOf(each.getKey()),
                            Instant.parse(each.getValue().asText())));
        }
        return schemas;
    }

    /** Writes down what is found, with the schema of the records that come out. */
    String findings(RegisteredSchema reader) {
        ObjectNode findings = JsonNodeFactory.instance.objectNode();
        ObjectNode schema = findings.putObject("reader").put("id", reader.id()).put("schema", reader.text());
        schema.put("type", reader.type());
        ArrayNode references = schema.putArray("references");
        reader.references().forEach(references::add);
        ArrayNode ids = findings.putArray("known");
        known.forEach(ids::add);
        ObjectNode asked = findings.putObject("unknown");
        unknown.forEach((id, when) -> asked.put(id.toString(), when.toString()));
        return findings.toString();
    }

    /** Reads the schema of the records that come out. */
    static RegisteredSchema reader(String findings) {
        JsonNode reader = read(findings).path("reader");
        List<String> references = new ArrayList<>();
        reader.path("references").forEach(text -> references.add(text.asText()));
        return new RegisteredSchema(
                reader.path("id").asInt(),
                reader.path("type").asText(),
                reader.path("schema").asText(),
                references);
    }

    private static JsonNode read(String findings) {
        try {
            return JSON.readTree(findings);
        } catch (JsonProcessingException broken) {
            throw MillraceException.internal("what was found in the registry cannot be read again", broken);
        }
    }

    boolean knows(int id) {
        return known.contains(id);
    }

    /** Adds all versions of a subject. */
    void addVersions(String subject) {
        registry.versions(subject).forEach(schema -> known.add(schema.id()));
        unknown.keySet().removeAll(known);
    }

    /** Asks for ids that are new. */
    void add(Collection<Integer> ids) {
        ids.stream()
                .filter(id -> !known.contains(id) && !unknown.containsKey(id))
                .forEach(this::ask);
    }

    /** Asks for unknown ids again, those first that were not asked for the longest: a schema may be registered after its first record is sent. */
    void askAgain() {
        Instant before = Instant.now().minus(PAUSE);
        unknown.entrySet().stream()
                .filter(each -> each.getValue().isBefore(before))
                .sorted(Map.Entry.comparingByValue())
                .limit(ASKED_AGAIN)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::ask);
    }

    private void ask(Integer id) {
        if (registry.byId(id).isPresent()) {
            known.add(id);
            unknown.remove(id);
        } else {
            unknown.put(id, Instant.now());
        }
    }

    /** Returns what tasks take: how records of each id are read, or why not. */
    Map<Integer, Writer> writers(Schema reader) {
        Map<Integer, Writer> writers = new HashMap<>();
        known.forEach(id -> writers.put(id, writer(id, reader)));
        unknown.keySet()
                .forEach(id -> writers.put(
                        id,
                        new Refused(
                                DeadLetterStage.DECODE,
                                "UNKNOWN_SCHEMA_ID",
                                "the registry has no schema with id " + id)));
        return writers;
    }

    private Writer writer(int id, Schema reader) {
        RegisteredSchema schema = registry.byId(id)
                .orElseThrow(() -> MillraceException.external(
                        "the registry no longer has schema " + id + ", with which records were written", null));
        try {
            Schema writer = schema.avro();
            SchemaPairCompatibility compared = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
            if (compared.getType() == SchemaCompatibilityType.COMPATIBLE) {
                return new Understood(writer.toString());
            }
            return refused("records of schema " + id + ", " + writer.getFullName() + ", cannot be read as "
                    + reader.getFullName() + ": " + differences(compared));
        } catch (MillraceException noAvro) {
            return refused(noAvro.getMessage());
        }
    }

    private static Refused refused(@Nullable String reason) {
        return new Refused(DeadLetterStage.SCHEMA, "INCOMPATIBLE_SCHEMA", String.valueOf(reason));
    }

    private static String differences(SchemaPairCompatibility compared) {
        return String.join(
                "; ",
                compared.getResult().getIncompatibilities().stream()
                        .map(each ->
                                each.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " at "
                                        + each.getLocation() + " (" + each.getMessage() + ")")
                        .toList());
    }
}
