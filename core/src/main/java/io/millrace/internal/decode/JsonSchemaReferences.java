package io.millrace.internal.decode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.Suggestion;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** References within a JSON Schema: {@code #/$defs/Address}. */
final class JsonSchemaReferences {

    private final JsonNode root;

    JsonSchemaReferences(JsonNode root) {
        this.root = root;
    }

    /** Returns the JSON pointer that a reference means; empty where it leads out of the schema. */
    Optional<String> pointer(String reference) {
        if (!reference.equals("#") && !reference.startsWith("#/")) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(reference).getFragment());
        } catch (IllegalArgumentException notEncoded) {
            return Optional.of(reference.substring(1)); // as many write it
        }
    }

    /** Returns the schema at a pointer. */
    Optional<JsonNode> find(String pointer) {
        JsonNode found = root.at(JsonPointer.compile(pointer));
        return found.isMissingNode() ? Optional.empty() : Optional.of(found);
    }

    /** Says what could have been meant. */
    String suggestion(String reference) {
        Set<String> known = new TreeSet<>();
        Stream.of("definitions", "$defs")
                .forEach(place ->
                        root.path(place).fieldNames().forEachRemaining(name -> known.add("#/" + place + "/" + name)));
        return Suggestion.among(reference, known);
    }
}
