package io.millrace.kafka.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.kafka.internal.registry.RegisteredSchema;
import io.millrace.model.SchemaContract.Policy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is agreed about the records of a stream.
 *
 * @param policy what becomes of records with new fields
 * @param reader the id of the rows' schema when that was agreed
 * @param agreed ids of the schemas that were known then: the versions of the subject up to the rows' one. Fields of theirs that the rows lack were left
 *     out on purpose
 */
record RecordContract(Policy policy, int reader, Set<Integer> agreed) {

    /** Everything is taken up. */
    static final RecordContract NONE = new RecordContract(Policy.EVOLVE, 0, Set.of());

    RecordContract {
        agreed = Set.copyOf(agreed);
    }

    /** Agrees on what is known of a subject. */
    static RecordContract of(Policy policy, RegisteredSchema reader, List<RegisteredSchema> versions) {
        Set<Integer> agreed = new LinkedHashSet<>();
        for (RegisteredSchema version : versions) {
            agreed.add(version.id());
            if (version.id() == reader.id()) {
                return new RecordContract(policy, reader.id(), agreed);
            }
        }
        return new RecordContract(policy, reader.id(), Set.of());
    }

    /** Returns whether it is about that, or nothing was to be agreed. */
    boolean holds(Policy other, RegisteredSchema schema) {
        return policy == other && (!judges() || reader == schema.id());
    }

    /** Returns whether records with new fields are kept from the rows. */
    boolean judges() {
        return policy == Policy.FREEZE || policy == Policy.DEAD_LETTER;
    }

    /** Returns whether a schema is to be judged. */
    boolean judges(int id) {
        return judges() && !agreed.contains(id);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("policy", policy.name()).put("reader", reader);
        agreed.stream().sorted().forEach(json.putArray("agreed")::add);
        return json;
    }

    /** Reads what was written; nothing was agreed where nothing is. */
    static RecordContract of(JsonNode json) {
        if (json.isMissingNode()) {
            return NONE;
        }
        Set<Integer> agreed = new LinkedHashSet<>();
        json.path("agreed").forEach(id -> agreed.add(id.asInt()));
        return new RecordContract(
                Policy.valueOf(json.path("policy").asText()),
                json.path("reader").asInt(),
                agreed);
    }
}
