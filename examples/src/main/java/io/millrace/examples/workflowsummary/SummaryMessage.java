package io.millrace.examples.workflowsummary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.examples.workflowsummary.TelemetryEvent.Answer;
import io.millrace.examples.workflowsummary.TelemetryEvent.Application;
import io.millrace.examples.workflowsummary.TelemetryEvent.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A summary as the event that is sent on, in JSON. */
final class SummaryMessage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EID = "ME_WORKFLOW_SUMMARY";
    private static final String GRANULARITY = "SESSION";

    private final ClosedSummary summary;
    private final Measuring measuring;
    private final Context context;
    private final JsonNode object;

    SummaryMessage(ClosedSummary summary, Measuring measuring) {
        this.summary = summary;
        this.measuring = measuring;
        this.context = summary.first().context();
        this.object = json(summary.first().object());
    }

    /** Returns the same id whenever it is made of the same events. */
    String id() {
        String object = this.object.path("id").isMissingNode()
                ? "NA"
                : this.object.path("id").asText();
        String text = String.join(
                "|",
                EID,
                summary.first().user() + summary.type() + summary.mode(),
                String.valueOf(summary.start()),
                String.valueOf(summary.end()),
                GRANULARITY,
                object,
                Objects.requireNonNullElse(context.application().id(), ""),
                Objects.requireNonNullElse(context.channel(), ""));
        if (measuring == Measuring.CORRECTED) {
            text += "|" + context.device() + "|" + Objects.requireNonNullElse(context.session(), "");
        }
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** @param now in milliseconds since 1970 */
    String json(long now) {
        ObjectNode message = JSON.createObjectNode();
        message.put("eid", EID);
        message.put("ets", now);
        message.put("syncts", summary.last().received());
        message.put("ver", "1.0");
        message.put("mid", id());
        message.put("uid", summary.first().user());
        message.set("context", contextOfSummary());
        message.set("dimensions", dimensions());
        message.putObject("edata").set("eks", measures());
        setJson(message, "tags", summary.first().tags());
        if (!object.isMissingNode()) {
            message.set("object", object);
        }
        return message.toString();
    }

    private ObjectNode contextOfSummary() {
        ObjectNode node = JSON.createObjectNode();
        node.putObject("pdata")
                .put("id", "AnalyticsDataPipeline")
                .put("ver", "1.0")
                .put("model", "WorkflowSummarizer");
        node.put("granularity", GRANULARITY);
        node.putObject("date_range").put("from", summary.start()).put("to", summary.end());
        setJson(node, "rollup", context.rollup());
        setJson(node, "cdata", context.cdata());
        return node;
    }

    private ObjectNode dimensions() {
        ObjectNode node = JSON.createObjectNode();
        node.put("did", context.device());
        Application application = context.application();
        ObjectNode pdata = node.putObject("pdata");
        putText(pdata, "id", application.id());
        putText(pdata, "ver", "".equals(application.version()) ? "1.0" : application.version());
        putText(pdata, "pid", application.process());
        putText(node, "sid", context.session());
        putText(node, "channel", context.channel());
        node.put("type", summary.type());
        node.put("mode", summary.mode());
        return node;
    }

    private ObjectNode measures() {
        ObjectNode eks = JSON.createObjectNode();
        eks.put("start_time", summary.start());
        eks.put("end_time", summary.end());
        eks.put("time_diff", Summary.rounded((summary.end() - summary.start()) / 1000.0));
        eks.put("time_spent", summary.seconds());
        putText(eks, "telemetry_version", summary.first().version());
        eks.put("interact_events_count", summary.interactions());
        eks.put("interact_events_per_min", interactionsPerMinute());
        ArrayNode events = eks.putArray("events_summary");
        new TreeMap<>(summary.events())
                .forEach((id, count) -> events.addObject().put("id", id).put("count", count));
        ArrayNode answers = eks.putArray("item_responses");
        summary.answers().forEach(each -> answers.add(answer(each.time(), Objects.requireNonNull(each.answer()))));
        Map<String, Page> pages = pages();
        ArrayNode pageSummary = eks.putArray("page_summary");
        pages.values().forEach(page -> pageSummary.add(page.json()));
        ArrayNode environments = eks.putArray("env_summary");
        environments(pages.values()).forEach(environments::add);
        return eks;
    }

    private double interactionsPerMinute() {
        int count = summary.interactions();
        if (count == 0 || summary.seconds() == 0) {
            return 0;
        }
        return summary.seconds() < 60 ? count : Summary.rounded(count / (summary.seconds() / 60));
    }

    private static ObjectNode answer(long time, Answer answer) {
        ObjectNode node = JSON.createObjectNode();
        putText(node, "itemId", answer.item());
        node.put("timeSpent", answer.duration());
        ArrayNode res = node.putArray("res");
        ArrayNode values = node.putArray("resValues");
        json(answer.values()).forEach(value -> {
            ObjectNode texts = values.addObject();
            value.properties().forEach(each -> {
                texts.put(each.getKey(), each.getValue().asText());
                res.add(each.getKey() + ":" + each.getValue().asText());
            });
        });
        setJson(node, "mc", answer.concepts());
        setJson(node, "mmc", answer.misconcepts());
        setJson(node, "score", answer.score());
        node.put("time_stamp", time);
        setJson(node, "maxScore", answer.most());
        putText(node, "pass", answer.passed());
        putText(node, "qtitle", answer.title());
        putText(node, "qdesc", answer.description());
        return node;
    }

    /** What is said of a page. */
    private record Page(PageVisit visit, double seconds, int visits) {

        String environment() {
            return Objects.requireNonNullElse(visit.shown().context().environment(), "");
        }

        ObjectNode json() {
            TelemetryEvent shown = visit.shown();
            ObjectNode node = JSON.createObjectNode();
            putText(node, "id", shown.page());
            node.put("type", shown.type());
            putText(node, "env", shown.context().environment());
            node.put("time_spent", Summary.rounded(seconds));
            node.put("visit_count", visits);
            return node;
        }

        Page with(PageVisit another, Measuring measuring) {
            return measuring == Measuring.LEGACY
                    ? new Page(another, another.seconds(), 1)
                    : new Page(visit, seconds + another.seconds(), visits + 1);
        }
    }

    private Map<String, Page> pages() {
        Map<String, Page> pages = new LinkedHashMap<>();
        for (PageVisit visit : summary.visits()) {
            String id = Objects.requireNonNullElse(visit.shown().page(), "");
            Page known = pages.get(id);
            pages.put(id, known == null ? new Page(visit, visit.seconds(), 1) : known.with(visit, measuring));
        }
        return pages;
    }

    private static List<ObjectNode> environments(Collection<Page> pages) {
        Map<String, List<Page>> environments = pages.stream()
                .collect(Collectors.groupingBy(Page::environment, LinkedHashMap::new, Collectors.toList()));
        List<ObjectNode> all = new ArrayList<>();
        environments.forEach((environment, of) -> all.add(JSON.createObjectNode()
                .put("env", environment)
                .put(
                        "time_spent",
                        Summary.rounded(of.stream()
                                .mapToDouble(page -> Summary.rounded(page.seconds()))
                                .sum()))
                .put("count", of.stream().mapToInt(Page::visits).max().orElse(0))));
        return all;
    }

    private static void putText(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void setJson(ObjectNode node, String name, @Nullable String value) {
        JsonNode read = json(value);
        if (!read.isMissingNode() && !read.isNull()) {
            node.set(name, read);
        }
    }

    private static JsonNode json(@Nullable String text) {
        if (text == null) {
            return JSON.missingNode();
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            return JSON.getNodeFactory().textNode(text);
        }
    }
}
