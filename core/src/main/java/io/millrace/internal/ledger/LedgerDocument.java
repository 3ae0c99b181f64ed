package io.millrace.internal.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.MillraceException;
import io.millrace.internal.state.StateFolder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A version of a ledger as JSON.
 *
 * @param file where it is read, for messages
 */
record LedgerDocument(Path file) {

    private static final int FORMAT = 1;

    static ObjectNode of(LedgerVersion version, String whose) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("format", FORMAT);
        content.put("of", whose);
        content.put("sequence", version.sequence());
        content.put("lineage", String.join(" ", version.lineage()));
        ArrayNode entries = content.putArray("entries");
        version.entries().forEach(entry -> entries.add(of(entry)));
        return content;
    }

    private static ObjectNode of(LedgerEntry entry) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("id", entry.id());
        content.put("kind", entry.work().kind().name());
        content.put("subject", entry.work().subject());
        content.put("sequence", entry.sequence());
        content.put("attempt", entry.attempt());
        content.put("started", entry.started().toString());
        content.put("finished", entry.done() ? String.valueOf(entry.finished()) : null);
        content.put("failure", entry.failure());
        content.put("writing", entry.writing());
        Owner owner = entry.owner();
        if (owner != null) {
            content.putObject("owner")
                    .put("host", owner.host())
                    .put("process", owner.process())
                    .put("started", owner.started())
                    .put("token", owner.token());
        }
        entry.notes().forEach(content.putObject("notes")::put);
        return content;
    }

    LedgerVersion read(ObjectNode content, String whose, long number) {
        int format = content.path("format").asInt();
        StateFolder.requireKnown("the state of the pipegraph cannot be read: " + file, format, FORMAT);
        if (format < 1 || !content.path("entries").isArray()) {
            throw StateFolder.damaged(file, "it holds no notes of a pipegraph");
        }
        if (!content.path("of").asText().equals(whose)) {
            throw MillraceException.user(
                    "the state folder has a file " + file + ", which belongs to "
                            + content.path("of").asText() + ", not to " + whose
                            + ": their names differ in nothing that the name of a file can show; rename one, or give it a state folder of its own");
        }
        List<LedgerEntry> entries = new ArrayList<>();
        try {
            content.path("entries").forEach(each -> entries.add(entry(each)));
        } catch (IllegalArgumentException | DateTimeException foreign) {
            throw StateFolder.damaged(file, "it was changed by somebody else: " + foreign.getMessage());
        }
        String lineage = content.path("lineage").asText();
        return new LedgerVersion(
                number,
                content.path("sequence").asLong(),
                lineage.isEmpty() ? List.of() : List.of(lineage.split(" ")),
                entries);
    }

    private static LedgerEntry entry(JsonNode content) {
        Map<String, String> notes = new LinkedHashMap<>();
        content.path("notes")
                .properties()
                .forEach(note -> notes.put(note.getKey(), note.getValue().asText()));
        return new LedgerEntry(
                content.path("id").asText(),
                new ClaimedWork(
                        ClaimedWork.Kind.valueOf(content.path("kind").asText()),
                        content.path("subject").asText()),
                content.path("sequence").asLong(),
                content.path("attempt").asInt(),
                Instant.parse(content.path("started").asText()),
                content.hasNonNull("finished")
                        ? Instant.parse(content.path("finished").asText())
                        : null,
                content.hasNonNull("failure") ? content.path("failure").asText() : null,
                owner(content.path("owner")),
                content.path("writing").asBoolean(),
                notes);
    }

    private static @Nullable Owner owner(JsonNode content) {
        return content.isObject()
                ? new Owner(
                        content.path("host").asText(),
                        content.path("process").asLong(),
                        content.path("started").asLong(),
                        content.path("token").asText())
                : null;
    }
}
