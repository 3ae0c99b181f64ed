package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.catalog.TemporaryCredentials.AccessKey;
import io.millrace.config.MillraceException;
import io.millrace.http.HttpRetries;
import io.millrace.testkit.EntityCall;
import io.millrace.testkit.EntityFault;
import io.millrace.testkit.EntityServer;
import io.millrace.testkit.ServedEntity;
import io.millrace.testkit.ServedEntity.Received;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEntityIT {

    private static final String BATCH = "orders/current/out#1/7";
    private static final PlanRequest UNFILTERED = PlanRequest.unfiltered();

    private final EntityServer server = EntityServer.start();
    private final ServedEntity served = server.entity("/sales/orders/v1").cold("Delta", "s3://lake/orders");
    private final ParallelWriteEntity entity = ParallelWriteEntity.http(served.base(), retries(Duration.ofSeconds(30)));
    private final ParallelWriteEntity impatient =
            ParallelWriteEntity.http(served.base(), retries(Duration.ofMillis(50)));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksForAPlan() {
        assertThat(entity.plan(new PlanRequest("a = 1", null), BATCH))
                .isEqualTo(WriteExecutionPlan.cold(EntityFormat.DELTA, "s3://lake/orders"));
        assertThat(served.received())
                .containsExactly(new Received(EntityCall.PLAN, BATCH, "{\"applicationFilter\":\"a = 1\"}"));
    }

    @Test
    void sendsBothFiltersWhereThereAreBoth() {
        entity.plan(new PlanRequest("a = 1", "b = 2"), BATCH);
        entity.plan(UNFILTERED, BATCH);

        assertThat(served.received())
                .extracting(Received::body)
                .containsExactly("{\"applicationFilter\":\"a = 1\",\"dataGovernanceFilter\":\"b = 2\"}", "{}");
    }

    @Test
    void takesCredentialsWithoutShowingThem() {
        served.credentials("lake");

        WriteExecutionPlan plan = entity.plan(UNFILTERED, BATCH);

        assertThat(plan)
                .isEqualTo(new WriteExecutionPlan.Cold(
                        EntityFormat.DELTA,
                        "s3://lake/orders",
                        new TemporaryCredentials(
                                new AccessKey("lake-id-r", "lake-secret-r", "lake-token-r"),
                                new AccessKey("lake-id-w", "lake-secret-w", "lake-token-w"))));
        assertThat(plan.toString()).doesNotContain("lake-");
    }

    @Test
    void takesAHotPlanInAnyCase() {
        served.always(EntityCall.PLAN, EntityFault.answer("{\"writeType\": \"HOT\", \"new\": 1}"));

        assertThat(entity.plan(UNFILTERED, BATCH)).isEqualTo(WriteExecutionPlan.hot());
    }

    @Test
    void completesAndAsks() {
        assertThat(entity.committed(BATCH)).isEqualTo(CommitStatus.PENDING);
        entity.complete(true, BATCH);
        assertThat(entity.committed(BATCH)).isEqualTo(CommitStatus.SUCCESS);
        entity.complete(false, "other");
        assertThat(entity.committed("other")).isEqualTo(CommitStatus.FAILED);

        assertThat(served.received())
                .contains(
                        new Received(EntityCall.COMPLETE, BATCH, "{\"success\":true}"),
                        new Received(EntityCall.COMPLETE, "other", "{\"success\":false}"));
    }

    @Test
    void encodesAnIdThatIsNoHeader() {
        entity.complete(true, "größe/ a");

        assertThat(served.received()).extracting(Received::correlationId).containsExactly("gr%C3%B6%C3%9Fe%2F+a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'writeType': 'Warm', 'format': 'Delta', 'writeUri': '/x'} | unknown writeType \"Warm\"; known: Cold, Hot",
                "{'format': 'Delta', 'writeUri': '/x'} | writeType is missing; known: Cold, Hot",
                "{'writeType': 'Cold', 'writeUri': '/x'} | a Cold plan needs format",
                "{'writeType': 'Cold', 'format': 'Delta'} | a Cold plan needs writeUri",
                "{'writeType': 'Cold', 'format': null, 'writeUri': ''} | a Cold plan needs format; a Cold plan needs writeUri",
                "{'writeType': 'Cold', 'format': 'Parqet', 'writeUri': '/x'} | unknown format \"Parqet\"; did you mean \"Parquet\"? (known: Delta, Iceberg, Parquet)",
                "{'writeType': 'Cold', 'format': 'Delta', 'writeUri': '/x', 'temporaryCredentials': {'w': {'accessKeyID': 'id', 'secretKey': 'hush'}}} | temporaryCredentials.w needs sessionToken",
                "{'writeType': 'Cold', 'format': 'Delta', 'writeUri': '/x', 'temporaryCredentials': 'hush'} | temporaryCredentials is not an object"
            })
    void refusesAPlanThatIsNone(String answer, String flaw) {
        served.always(EntityCall.PLAN, EntityFault.answer(answer.replace('\'', '"')));

        fails(() -> entity.plan(UNFILTERED, BATCH), "POST BASE/writeExecutionPlan: the answer is refused: " + flaw);
    }

    @Test
    void refusesAnAnswerThatIsNoJson() {
        served.faults(EntityCall.PLAN, EntityFault.answer("secret-token"), EntityFault.answer("[]"));

        fails(() -> entity.plan(UNFILTERED, BATCH), "POST BASE/writeExecutionPlan: the answer is not JSON")
                .hasNoCause();
        fails(() -> entity.plan(UNFILTERED, BATCH), "POST BASE/writeExecutionPlan: the answer is not a JSON object");
    }

    @Test
    void refusesAnUnknownCommitStatus() {
        served.faults(
                EntityCall.COMMITTED, EntityFault.answer("{\"commitStatus\": \"Sucess\"}"), EntityFault.answer("{}"));

        fails(
                () -> entity.committed(BATCH),
                "GET BASE/data/committed: the answer is refused: unknown commitStatus \"Sucess\"; "
                        + "did you mean \"Success\"? (known: Failed, Pending, Success)");
        fails(
                () -> entity.committed(BATCH),
                "GET BASE/data/committed: the answer is refused: commitStatus is missing; known: Pending, Success, Failed");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404, 409})
    void failsAtOnceWhereAnotherTryWouldNotHelp(int status) {
        served.always(EntityCall.COMPLETE, EntityFault.status(status, "{\"error\": \"no\"}"));

        fails(
                () -> entity.complete(true, BATCH),
                "POST BASE/data/complete: status " + status + ": {\"error\": \"no\"}");
        assertThat(served.calls()).containsExactly(EntityCall.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void triesAgainWhereThatMayHelp(int status) {
        served.faults(EntityCall.PLAN, EntityFault.status(status, ""), EntityFault.disconnect());

        assertThat(entity.plan(UNFILTERED, BATCH)).isInstanceOf(WriteExecutionPlan.Cold.class);
        assertThat(served.received()).extracting(Received::correlationId).containsExactly(BATCH, BATCH, BATCH);
    }

    @Test
    void givesUpAfterTheLastTry() {
        served.always(EntityCall.COMMITTED, EntityFault.status(500, ""));

        fails(() -> entity.committed(BATCH), "GET BASE/data/committed: status 500, no body (tried 3 times)");
        assertThat(served.calls()).hasSize(3);
    }

    @Test
    void showsTheFirstPartOfALongBodyWithoutSecrets() {
        String body = "{\"secretKey\" : \"hush\", \"sessionToken\":\"hush\", \"text\": \"" + "x".repeat(1000);
        served.always(EntityCall.PLAN, EntityFault.status(404, body));

        fails(
                () -> entity.plan(UNFILTERED, BATCH),
                "POST BASE/writeExecutionPlan: status 404: {\"secretKey\" : \"***\", \"sessionToken\":\"***\", \"text\": \""
                        + "x".repeat(247) + "…");
    }

    @Test
    void waitsForASlowAnswer() {
        served.faults(EntityCall.PLAN, EntityFault.slow(Duration.ofMillis(100)));

        assertThat(entity.plan(UNFILTERED, BATCH)).isInstanceOf(WriteExecutionPlan.Cold.class);
    }

    @Test
    void doesNotWaitForEver() {
        served.always(EntityCall.PLAN, EntityFault.hang()).always(EntityCall.COMMITTED, EntityFault.hangInBody());

        fails(
                () -> impatient.plan(UNFILTERED, BATCH),
                "POST BASE/writeExecutionPlan: no answer within 50 ms (tried 3 times)");
        fails(() -> impatient.committed(BATCH), "GET BASE/data/committed: no answer within 50 ms (tried 3 times)");
    }

    @Test
    void saysThatThereIsNoServer() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/x");
        }
        ParallelWriteEntity absent = ParallelWriteEntity.http(nobody, retries(Duration.ofSeconds(30)));

        assertThatThrownBy(() -> absent.committed(BATCH))
                .hasMessage("GET " + nobody + "/data/committed: no connection: ConnectException (tried 3 times)");
    }

    @Test
    void saysWhenItWasInterrupted() {
        served.always(EntityCall.PLAN, EntityFault.hang());
        Thread.currentThread().interrupt();

        fails(
                () -> entity.plan(UNFILTERED, BATCH),
                "POST BASE/writeExecutionPlan: interrupted while waiting for the answer");
        assertThat(Thread.interrupted()).isTrue();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> fails(ThrowingCallable call, String message) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessage(message.replace("BASE", served.base().toString()));
    }

    private static ExchangeSettings retries(Duration requestTimeout) {
        return new ExchangeSettings(
                new HttpRetries(Duration.ofSeconds(30), requestTimeout, 2, Duration.ofMillis(1)),
                Duration.ofMillis(1),
                3);
    }
}
