package io.millrace.kafka.internal.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.MillraceException;
import io.millrace.kafka.internal.registry.RegisteredSchema;
import io.millrace.kafka.internal.registry.SchemaRegistry;
import io.millrace.kafka.internal.spark.RegisteredAvroValue.Refused;
import io.millrace.kafka.internal.spark.RegisteredAvroValue.Writer;
import io.millrace.model.SchemaContract.Policy;
import io.millrace.spi.DeadLetterStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The schemas that records may have been written with, as far as they are known; and the ids that the registry does not know, which may change. */
public final class WriterSchemas {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How many unknown ids are asked for again before a batch: bytes that are no header at all can name any number of them. */
    private static final int ASKED_AGAIN = 20;

    private static final String FROZEN =
            "the contract freezes the record; write contract { record = evolve } to take up what is new, discard to leave it out, dead-letter to keep"
                    + " such records aside";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaRegistry registry;
    private final Set<Integer> known = new TreeSet<>();
    private final Map<Integer, Instant> unknown = new TreeMap<>();
    private RecordContract contract = RecordContract.NONE;

    private WriterSchemas(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** Takes up what was found before. */
    public static WriterSchemas of(SchemaRegistry registry, @Nullable String written) {
        WriterSchemas schemas = new WriterSchemas(registry);
        if (written != null) {
            JsonNode lookedUp = read(written);
            lookedUp.path("known").forEach(id -> schemas.known.add(id.asInt()));
            lookedUp.path("unknown")
                    .properties()
                    .forEach(each -> schemas.unknown.put(
                            Integer.valueOf(each.getKey()),
                            Instant.parse(each.getValue().asText())));
            schemas.contract = RecordContract.of(lookedUp.path("contract"));
        }
        return schemas;
    }

    /** Writes down what is found, with the schema of the records that come out. */
    public String lookedUp(RegisteredSchema reader) {
        ObjectNode lookedUp = JsonNodeFactory.instance.objectNode();
        ObjectNode schema = lookedUp.putObject("reader").put("id", reader.id()).put("schema", reader.text());
        schema.put("type", reader.type());
        ArrayNode references = schema.putArray("references");
        reader.references().forEach(references::add);
        ArrayNode ids = lookedUp.putArray("known");
        known.forEach(ids::add);
        ObjectNode asked = lookedUp.putObject("unknown");
        unknown.forEach((id, when) -> asked.put(id.toString(), when.toString()));
        lookedUp.set("contract", contract.json());
        return lookedUp.toString();
    }

    /** Reads the schema of the records that come out. */
    public static RegisteredSchema reader(String lookedUp) {
        JsonNode reader = read(lookedUp).path("reader");
        List<String> references = new ArrayList<>();
        reader.path("references").forEach(text -> references.add(text.asText()));
        return new RegisteredSchema(
                reader.path("id").asInt(),
                reader.path("type").asText(),
                reader.path("schema").asText(),
                references);
    }

    private static JsonNode read(String lookedUp) {
        try {
            return JSON.readTree(lookedUp);
        } catch (JsonProcessingException broken) {
            throw MillraceException.internal("what was found in the registry cannot be read again", broken);
        }
    }

    /** Returns whether the schema of an id is known. */
    public boolean knows(int id) {
        return known.contains(id);
    }

    /** Returns whether it is settled what is agreed. */
    public boolean agreed(Policy newFields, RegisteredSchema reader) {
        return contract.holds(newFields, reader);
    }

    /** Settles what is agreed, unless it is settled. */
    public void agree(Policy newFields, RegisteredSchema reader, List<RegisteredSchema> versions) {
        if (!agreed(newFields, reader)) {
            contract = RecordContract.of(newFields, reader, versions);
        }
    }

    /**
     * Sees to it that records of these ids may be read, where the contract is to freeze the record.
     *
     * @throws MillraceException of kind USER where they may not
     */
    public void requireAgreed(Collection<Integer> ids, Schema reader) {
        SchemaComparison comparison = new SchemaComparison(registry, contract, reader);
        List<String> reasons = ids.stream()
                .filter(known::contains)
                .filter(comparison::stops)
                .map(id -> ((Refused) comparison.writer(id)).reason())
                .toList();
        if (!reasons.isEmpty()) {
            throw MillraceException.user(String.join("\n", reasons) + "\n  " + FROZEN);
        }
    }

    /** Adds all versions of a subject. */
    public void addVersions(List<RegisteredSchema> versions) {
        versions.forEach(schema -> known.add(schema.id()));
        unknown.keySet().removeAll(known);
    }

    /** Asks for ids that are new. */
    public void add(Collection<Integer> ids) {
        ids.stream()
                .filter(id -> !known.contains(id) && !unknown.containsKey(id))
                .forEach(this::ask);
    }

    /** Asks for unknown ids again, those first that were not asked for the longest: a schema may be registered after its first record is sent. */
    public void askAgain() {
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

    /** Returns what tasks take: how records of each id are read, or why not. A task that meets an id that stops the batch asks for it, and is told. */
    public Map<Integer, Writer> writers(Schema reader) {
        SchemaComparison comparison = new SchemaComparison(registry, contract, reader);
        Map<Integer, Writer> writers = new HashMap<>();
        known.stream().filter(id -> !comparison.stops(id)).forEach(id -> writers.put(id, comparison.writer(id)));
        unknown.keySet()
                .forEach(id -> writers.put(
                        id,
                        new Refused(
                                DeadLetterStage.DECODE,
                                "UNKNOWN_SCHEMA_ID",
                                "the registry has no schema with id " + id)));
        return writers;
    }
}
