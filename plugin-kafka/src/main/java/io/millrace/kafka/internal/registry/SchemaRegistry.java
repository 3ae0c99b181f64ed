package io.millrace.kafka.internal.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.MillraceException;
import io.millrace.config.Suggestion;
import io.millrace.internal.http.HttpCalls;
import io.millrace.internal.http.HttpFailure;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.apache.avro.Schema;

/**
 * Asks a registry by <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Confluent's REST protocol</a>, which
 * Apicurio and Karapace speak too. What has an id is asked for once. Thread-safe; used on the driver.
 *
 * <p>Every method throws a {@link MillraceException} of kind EXTERNAL where the registry does not answer, after the retries that are set, or refuses.
 */
public final class SchemaRegistry {

    private static final String LATEST = "latest";
    private static final String CONTENT = "application/vnd.schemaregistry.v1+json";
    private static final int NOT_FOUND = 404;
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistrySettings settings;
    private final HttpCalls http;
    private final Map<Integer, RegisteredSchema> known = new ConcurrentHashMap<>();

    /** A client of one registry. Opens no connection yet. */
    public SchemaRegistry(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder client = HttpCalls.client(settings.retries());
        if (settings.tls() != null) {
            client.sslContext(settings.tls().context());
        }
        this.http = new HttpCalls(settings.retries(), client.build());
    }

    /** Returns the schema with an id; empty where the registry has none. */
    public Optional<RegisteredSchema> byId(int id) {
        RegisteredSchema found = known.get(id);
        if (found != null) {
            return Optional.of(found);
        }
        HttpRequest request = get("/schemas/ids/" + id);
        HttpResponse<String> answer = answer(request);
        return answer.statusCode() == NOT_FOUND
                ? Optional.empty()
                : Optional.of(remembered(request, id, object(request, answer)));
    }

    /**
     * Returns the newest schema of a subject.
     *
     * @throws MillraceException of kind USER where there is no such subject
     */
    public RegisteredSchema latest(String subject) {
        return version(subject, LATEST);
    }

    /**
     * Returns a version of a subject's schema.
     *
     * @throws MillraceException of kind USER where there is no such subject or version
     */
    public RegisteredSchema version(String subject, int version) {
        return version(subject, Integer.toString(version));
    }

    private RegisteredSchema version(String subject, String version) {
        HttpRequest request = get(path(subject) + "/" + version);
        HttpResponse<String> answer = answer(request);
        if (answer.statusCode() == NOT_FOUND) {
            throw missing(subject, version, answer);
        }
        JsonNode schema = object(request, answer);
        int id = schema.path("id").asInt();
        RegisteredSchema found = known.get(id);
        return found != null ? found : remembered(request, id, schema);
    }

    /** Returns the schemas of all versions of a subject; none where there is no such subject. */
    public List<RegisteredSchema> versions(String subject) {
        List<RegisteredSchema> schemas = new ArrayList<>();
        HttpRequest request = get(path(subject));
        HttpResponse<String> answer = answer(request);
        if (answer.statusCode() != NOT_FOUND) {
            json(request, answer).forEach(version -> schemas.add(version(subject, version.asText())));
        }
        return schemas;
    }

    /**
     * Registers a schema under a subject, unless it is there, and returns its id.
     *
     * @throws MillraceException of kind USER where the registry does not take it, such as one that those who know the version before cannot read
     */
    public int register(String subject, Schema schema) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
        HttpRequest request = request(path(subject))
                .header("Content-Type", CONTENT)
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> answer = answer(request, status -> status == 409 || status == 422);
        if (!HttpCalls.successful(answer.statusCode())) {
            throw MillraceException.user("the registry at " + this
                    + " does not take the schema of the rows for subject " + subject + ": " + message(answer));
        }
        return object(request, answer).path("id").asInt();
    }

    private RegisteredSchema remembered(HttpRequest request, int id, JsonNode answer) {
        if (!answer.path("schema").isTextual()) {
            throw HttpFailure.answer(request, "the answer has no schema");
        }
        Map<String, String> references = new LinkedHashMap<>();
        refer(answer, references);
        RegisteredSchema schema = new RegisteredSchema(
                id,
                answer.path("schemaType").asText("AVRO"),
                answer.path("schema").asText(),
                List.copyOf(references.values()));
        known.put(id, schema);
        return schema;
    }

    /** Adds what a schema refers to, and before it what that refers to. */
    private void refer(JsonNode schema, Map<String, String> references) {
        for (JsonNode reference : schema.path("references")) {
            String subject = reference.path("subject").asText();
            String version = reference.path("version").asText();
            String key = subject + "/" + version;
            if (!references.containsKey(key)) {
                HttpRequest request = get(path(subject) + "/" + version);
                HttpResponse<String> answer = answer(request);
                if (answer.statusCode() == NOT_FOUND) {
                    throw missing(subject, version, answer);
                }
                JsonNode referred = object(request, answer);
                refer(referred, references);
                references.put(key, referred.path("schema").asText());
            }
        }
    }

    private MillraceException missing(String subject, String version, HttpResponse<String> answer) {
        if (!version.equals(LATEST) && code(answer) != SUBJECT_NOT_FOUND) {
            HttpRequest request = get(path(subject));
            return MillraceException.user("subject " + subject + " at " + settings + " has no version " + version
                    + "; it has " + String.join(", ", texts(json(request, answer(request)))));
        }
        HttpRequest request = get("/subjects");
        List<String> there = texts(json(request, answer(request)));
        String near = Suggestion.nearest(subject, there)
                .map(found -> "; did you mean \"" + found + "\"?")
                .orElse("");
        return MillraceException.user("no schema is registered under subject " + subject + " at " + settings + near
                + " (there are: " + (there.isEmpty() ? "none" : String.join(", ", there)) + ")");
    }

    private HttpResponse<String> answer(HttpRequest request) {
        return answer(request, status -> false);
    }

    private HttpResponse<String> answer(HttpRequest request, IntPredicate expected) {
        HttpResponse<String> answer = called(
                request, status -> status == NOT_FOUND || status == 401 || status == 403 || expected.test(status));
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            throw MillraceException.external(
                    "the schema registry at " + settings + " refuses the request (status " + answer.statusCode() + "): "
                            + (settings.authorization() == null
                                    ? "set basic-auth or bearer-token"
                                    : "look at basic-auth or bearer-token"),
                    null);
        }
        if (answer.statusCode() == NOT_FOUND && code(answer) == 0) {
            throw HttpFailure.status(request, NOT_FOUND, "this is no schema registry; look at url", 1);
        }
        return answer;
    }

    private HttpResponse<String> called(HttpRequest request, IntPredicate expected) {
        try {
            return http.call(request, expected);
        } catch (MillraceException failed) {
            throw TlsFailure.in(failed, settings).orElse(failed);
        }
    }

    private static int code(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body()).path("error_code").asInt();
        } catch (JsonProcessingException notJson) {
            return 0;
        }
    }

    private static String message(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body()).path("message").asText(answer.body());
        } catch (JsonProcessingException notJson) {
            return answer.body();
        }
    }

    private HttpRequest get(String path) {
        return request(path).GET().build();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(settings.url() + path)).header("Accept", CONTENT);
        return settings.authorization() == null ? request : request.header("Authorization", settings.authorization());
    }

    private static String path(String subject) {
        return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20") + "/versions";
    }

    private static JsonNode object(HttpRequest request, HttpResponse<String> answer) {
        JsonNode json = json(request, answer);
        if (!json.isObject()) {
            throw HttpFailure.answer(request, "the answer is not a JSON object");
        }
        return json;
    }

    private static JsonNode json(HttpRequest request, HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException notJson) {
            throw HttpFailure.answer(request, "the answer is not JSON; is this a schema registry?");
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /** Shows the address. */
    @Override
    public String toString() {
        return settings.toString();
    }
}
