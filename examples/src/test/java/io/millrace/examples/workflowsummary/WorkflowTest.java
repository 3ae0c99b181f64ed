package io.millrace.examples.workflowsummary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.examples.workflowsummary.TelemetryEvent.Answer;
import io.millrace.examples.workflowsummary.TelemetryEvent.Application;
import io.millrace.examples.workflowsummary.TelemetryEvent.Context;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is summed up of events, rule by rule. Times are in seconds after the first event. */
class WorkflowTest {

    private static final long BEGIN = 1_700_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<TelemetryEvent> events = new ArrayList<>();

    private void event(String eid, long second, String type, String mode, @Nullable String page) {
        Context context = new Context(
                "device-1", "channel", new Application("app.id", "1.0", "pid"), "home", "session-1", null, null);
        Answer answer = eid.equals("ASSESS")
                ? new Answer("q1", 25, "[{\"a\":\"true\"}]", "[]", "[]", "1", "2", "Yes", "title", "description")
                : null;
        events.add(new TelemetryEvent(
                eid, BEGIN + second * 1000, BEGIN, "3.0", "user", null, null, context, type, mode, page, answer));
    }

    private void event(String eid, long second, String type) {
        event(eid, second, type, "", null);
    }

    private List<ClosedSummary> summaries(Measuring measuring) {
        Workflow workflow = new Workflow(measuring);
        List<ClosedSummary> summaries = new ArrayList<>();
        for (TelemetryEvent event : events) {
            workflow.add(event);
            summaries.addAll(workflow.takeClosed());
        }
        workflow.end();
        summaries.addAll(workflow.takeClosed());
        return summaries;
    }

    private List<String> told() {
        return summaries(Measuring.LEGACY).stream()
                .map(summary -> summary.type() + " " + summary.mode() + " " + (summary.start() - BEGIN) / 1000 + "-"
                        + (summary.end() - BEGIN) / 1000 + " spent " + summary.seconds() + " " + summary.events())
                .toList();
    }

    private static JsonNode message(ClosedSummary summary, Measuring measuring) throws Exception {
        return JSON.readTree(new SummaryMessage(summary, measuring).json(BEGIN));
    }

    @Test
    void aPartIsSummedUpByItselfAndInTheWhole() {
        event("START", 0, "app");
        event("START", 10, "content", "play", null);
        event("INTERACT", 15, "TOUCH");
        event("END", 20, "Content", "play", null);
        event("END", 30, "app");

        assertThat(told())
                .containsExactly(
                        "content play 10-20 spent 10.0 {START=1, INTERACT=1, END=1}",
                        "app  0-30 spent 30.0 {START=2, INTERACT=1, END=2}");
    }

    @Test
    void aPartWithoutAWholeGetsOne() {
        event("START", 0, "content", "play", null);
        event("INTERACT", 5, "touch");

        assertThat(told())
                .containsExactly(
                        "content play 0-5 spent 5.0 {START=1, INTERACT=1}", "app  0-5 spent 5.0 {START=2, INTERACT=1}");
    }

    @Test
    void theSameAgainClosesTheOneBefore() {
        event("START", 0, "app");
        event("START", 10, "content", "play", null);
        event("INTERACT", 12, "touch");
        event("START", 20, "content", "play", null);
        event("INTERACT", 25, "touch");

        assertThat(told())
                .containsExactly(
                        "content play 10-12 spent 2.0 {START=1, INTERACT=1}",
                        "content play 20-25 spent 5.0 {START=1, INTERACT=1}",
                        "app  0-25 spent 25.0 {START=3, INTERACT=2}");
    }

    @Test
    void timeInWhichNothingHappensForLongIsNotSpent() {
        event("START", 0, "app");
        event("INTERACT", 600, "touch");
        event("INTERACT", 1201, "touch");

        assertThat(told()).containsExactly("app  0-1201 spent 600.0 {START=1, INTERACT=2}");
    }

    @Test
    void aPauseOfMoreThanHalfAnHourBeginsASummaryAnew() {
        event("START", 0, "app");
        event("INTERACT", 10, "touch");
        event("INTERACT", 1_811, "touch");
        event("INTERACT", 1_815, "touch");

        assertThat(told())
                .containsExactly("app  0-10 spent 10.0 {START=1, INTERACT=1}", "app  1811-1815 spent 4.0 {INTERACT=2}");
    }

    @Test
    void whereNoTimeIsSpentNothingIsSaid() {
        event("START", 0, "app");

        assertThat(told()).isEmpty();
    }

    @Test
    void anEndOfSomethingElseIsIgnored() {
        event("START", 0, "app");
        event("INTERACT", 5, "touch");
        event("END", 10, "content", "play", null);

        assertThat(told()).containsExactly("app  0-5 spent 5.0 {START=1, INTERACT=1}");
    }

    @Test
    void pagesAreMeasuredAsTheyAlwaysWereOrAsTheyAreMeant() throws Exception {
        event("IMPRESSION", 0, "view", "", "home");
        event("IMPRESSION", 10, "view", "", "list");
        event("IMPRESSION", 30, "view", "", "detail");
        event("IMPRESSION", 31, "view", "", "list");
        event("INTERACT", 36, "touch");

        JsonNode legacy =
                message(summaries(Measuring.LEGACY).get(0), Measuring.LEGACY).at("/edata/eks");
        JsonNode corrected = message(summaries(Measuring.CORRECTED).get(0), Measuring.CORRECTED)
                .at("/edata/eks");

        assertThat(pages(legacy)).containsExactly("list 5.0 x1", "detail 2.0 x1");
        assertThat(pages(corrected)).containsExactly("home 10.0 x1", "list 25.0 x2", "detail 1.0 x1");
        assertThat(corrected.path("env_summary").toString())
                .isEqualTo("[{\"env\":\"home\",\"time_spent\":36.0,\"count\":2}]");
    }

    private static List<String> pages(JsonNode measures) {
        List<String> pages = new ArrayList<>();
        measures.path("page_summary")
                .forEach(page -> pages.add(page.path("id").asText() + " "
                        + page.path("time_spent").asDouble() + " x"
                        + page.path("visit_count").asInt()));
        return pages;
    }

    @Test
    void theMessageTellsOfWhomAndWhat() throws Exception {
        event("START", 0, "app");
        event("INTERACT", 20, "touch");
        event("ASSESS", 30, "");

        JsonNode message = message(summaries(Measuring.LEGACY).get(0), Measuring.LEGACY);

        assertThat(message.path("mid").asText())
                .isEqualTo(md5("ME_WORKFLOW_SUMMARY|userapp|" + BEGIN + "|" + (BEGIN + 30_000)
                        + "|SESSION|NA|app.id|channel"));
        assertThat(message.at("/dimensions").toString())
                .isEqualTo(
                        "{\"did\":\"device-1\",\"pdata\":{\"id\":\"app.id\",\"ver\":\"1.0\",\"pid\":\"pid\"},\"sid\":\"session-1\",\"channel\":\"channel\",\"type\":\"app\",\"mode\":\"\"}");
        assertThat(message.at("/edata/eks/interact_events_per_min").asDouble()).isEqualTo(1);
        assertThat(message.at("/edata/eks/item_responses/0").toString())
                .isEqualTo(
                        "{\"itemId\":\"q1\",\"timeSpent\":25.0,\"res\":[\"a:true\"],\"resValues\":[{\"a\":\"true\"}],\"mc\":[],\"mmc\":[],\"score\":1,\"time_stamp\":"
                                + (BEGIN + 30_000)
                                + ",\"maxScore\":2,\"pass\":\"Yes\",\"qtitle\":\"title\",\"qdesc\":\"description\"}");
        assertThat(new SummaryMessage(summaries(Measuring.CORRECTED).get(0), Measuring.CORRECTED).id())
                .isNotEqualTo(message.path("mid").asText());
    }

    private static String md5(String text) throws Exception {
        byte[] digest = java.security.MessageDigest.getInstance("MD5")
                .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return java.util.HexFormat.of().withUpperCase().formatHex(digest);
    }
}
