package io.millrace.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.catalog.TemporaryCredentials.AccessKey;
import io.millrace.config.Suggestion;
import io.millrace.internal.http.HttpFailure;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what an entity answers. Fields the protocol does not know are left alone: an entity may be newer than we are. */
final class EntityAnswer {

    private static final List<String> WRITE_TYPES = List.of("Cold", "Hot");

    private final HttpRequest call;
    private final ObjectNode answer;
    private final List<String> flaws = new ArrayList<>();

    EntityAnswer(HttpRequest call, ObjectNode answer) {
        this.call = call;
        this.answer = answer;
    }

    WriteExecutionPlan plan() {
        String type = text(answer, "writeType").orElse("");
        if (type.equalsIgnoreCase("Hot")) {
            return WriteExecutionPlan.hot();
        }
        if (!type.equalsIgnoreCase("Cold")) {
            flaws.add(unknown("writeType", type, WRITE_TYPES));
        }
        Optional<EntityFormat> format = format();
        Optional<String> writeUri = required("writeUri");
        Optional<TemporaryCredentials> credentials = credentials();
        if (!flaws.isEmpty()) {
            throw refused();
        }
        return new WriteExecutionPlan.Cold(format.orElseThrow(), writeUri.orElseThrow(), credentials.orElse(null));
    }

    CommitStatus commitStatus() {
        String written = text(answer, "commitStatus").orElse("");
        Optional<CommitStatus> status = Stream.of(CommitStatus.values())
                .filter(known -> known.toString().equalsIgnoreCase(written))
                .findFirst();
        return status.orElseThrow(() -> {
            List<String> known =
                    Stream.of(CommitStatus.values()).map(CommitStatus::toString).toList();
            flaws.add(unknown("commitStatus", written, known));
            return refused();
        });
    }

    private Optional<EntityFormat> format() {
        Optional<String> name = required("format");
        Optional<EntityFormat> format = name.flatMap(EntityFormat::find);
        if (name.isPresent() && format.isEmpty()) {
            flaws.add(EntityFormat.unknown(name.get()));
        }
        return format;
    }

    private Optional<String> required(String field) {
        Optional<String> value = text(answer, field);
        if (value.isEmpty()) {
            flaws.add("a Cold plan needs " + field);
        }
        return value;
    }

    private Optional<TemporaryCredentials> credentials() {
        if (!answer.hasNonNull("temporaryCredentials")) {
            return Optional.empty();
        }
        if (!(answer.get("temporaryCredentials") instanceof ObjectNode pair)) {
            flaws.add("temporaryCredentials is not an object");
            return Optional.empty();
        }
        @Nullable AccessKey read = key(pair, "r");
        @Nullable AccessKey write = key(pair, "w");
        return Optional.of(new TemporaryCredentials(read, write));
    }

    private @Nullable AccessKey key(ObjectNode pair, String which) {
        if (!pair.hasNonNull(which)) {
            return null;
        }
        if (!(pair.get(which) instanceof ObjectNode key)) {
            flaws.add("temporaryCredentials." + which + " is not an object");
            return null;
        }
        return new AccessKey(
                part(key, which, "accessKeyID"), part(key, which, "secretKey"), part(key, which, "sessionToken"));
    }

    private String part(ObjectNode key, String which, String part) {
        Optional<String> value = text(key, part);
        if (value.isEmpty()) {
            flaws.add("temporaryCredentials." + which + " needs " + part);
        }
        return value.orElse("");
    }

    private static Optional<String> text(ObjectNode object, String field) {
        return Optional.ofNullable(object.get(field))
                .filter(value -> value.isTextual() && !value.textValue().isBlank())
                .map(value -> value.textValue());
    }

    private static String unknown(String field, String written, List<String> known) {
        return written.isEmpty()
                ? field + " is missing; known: " + String.join(", ", known)
                : "unknown " + field + " \"" + written + "\"; " + Suggestion.among(written, known);
    }

    private RuntimeException refused() {
        return HttpFailure.answer(call, "the answer is refused: " + String.join("; ", flaws));
    }
}
