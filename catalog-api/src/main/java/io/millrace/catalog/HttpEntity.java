package io.millrace.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.MillraceException;
import io.millrace.internal.http.HttpCalls;
import io.millrace.internal.http.HttpFailure;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** An entity behind a base URL. */
final class HttpEntity implements ParallelWriteEntity {

    static final String CORRELATION_ID = "X-PLT-Correlation-Id";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final String base;
    private final HttpCalls http;

    HttpEntity(URI base, HttpCalls http) {
        checked(base);
        this.base = base.toString().replaceAll("/+$", "");
        this.http = http;
    }

    @Override
    public WriteExecutionPlan plan(PlanRequest request, String correlationId) {
        ObjectNode body = JSON.createObjectNode();
        if (request.applicationFilter() != null) {
            body.put("applicationFilter", request.applicationFilter());
        }
        if (request.dataGovernanceFilter() != null) {
            body.put("dataGovernanceFilter", request.dataGovernanceFilter());
        }
        HttpRequest call = post("/writeExecutionPlan", body, correlationId);
        return new EntityAnswer(call, object(call, http.call(call))).plan();
    }

    @Override
    public void complete(boolean success, String correlationId) {
        http.call(post("/data/complete", JSON.createObjectNode().put("success", success), correlationId));
    }

    @Override
    public CommitStatus committed(String correlationId) {
        HttpRequest call = request("/data/committed", correlationId).GET().build();
        return new EntityAnswer(call, object(call, http.call(call))).commitStatus();
    }

    @Override
    public HotChannel hot() {
        return new HttpHotChannel(URI.create(base + "/data/stream"), http.settings());
    }

    @Override
    public String toString() {
        return "entity at " + base;
    }

    private HttpRequest post(String path, ObjectNode body, String correlationId) {
        return request(path, correlationId)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
    }

    private HttpRequest.Builder request(String path, String correlationId) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "application/json")
                .header(CORRELATION_ID, header(correlationId));
    }

    /** Jackson's own message is left out: it may quote a credential. */
    private static ObjectNode object(HttpRequest call, String body) {
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException notJson) {
            throw HttpFailure.answer(call, "the answer is not JSON");
        }
        throw HttpFailure.answer(call, "the answer is not a JSON object");
    }

    /** An id is made of names a user chose, and a header takes ASCII only. */
    static String header(String correlationId) {
        boolean plain = correlationId.chars().allMatch(c -> c > ' ' && c < 127);
        return plain ? correlationId : URLEncoder.encode(correlationId, StandardCharsets.UTF_8);
    }

    /** Refuses what is no base URL. */
    static void checked(URI base) {
        if (base.getRawUserInfo() != null) {
            throw MillraceException.user(
                    "the URL of an entity on " + base.getHost() + " must not hold a user or a password");
        }
        if (!HttpCalls.isBase(base)) {
            throw MillraceException.user(
                    "the URL of an entity must be http://host/path or https://host/path, without ? and #, not \"" + base
                            + "\"");
        }
    }
}
