package io.millrace.catalog;

import static io.millrace.testkit.EntityCall.COMMITTED;
import static io.millrace.testkit.EntityCall.COMPLETE;
import static io.millrace.testkit.EntityCall.PLAN;
import static io.millrace.testkit.EntityCall.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.MillraceException;
import io.millrace.http.HttpRetries;
import io.millrace.testkit.EntityFault;
import io.millrace.testkit.EntityServer;
import io.millrace.testkit.ServedEntity;
import io.millrace.testkit.ServedEntity.Received;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntityExchangeIT {

    private static final String BATCH = "batch-7";
    private static final CatalogCoordinates ORDERS = new CatalogCoordinates("sales", "orders", "v1");
    private static final ExchangeSettings SETTINGS = new ExchangeSettings(
            new HttpRetries(Duration.ofSeconds(30), Duration.ofSeconds(30), 2, Duration.ofMillis(1)),
            Duration.ofMillis(1),
            5);

    private final EntityServer server = EntityServer.start();
    private final ServedEntity served = server.entity("/sales/orders/v1").cold("Parquet", "/lake/orders");
    private final ParallelWriteEntity entity = ParallelWriteEntity.http(served.base(), SETTINGS);
    private final EntityExchange exchange = new EntityExchange(ORDERS, entity, SETTINGS);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void plansWritesCompletesAndAsksUntilItIsCommitted() {
        served.pending(3);

        String written = write(plan -> "wrote " + plan);

        assertThat(written).isEqualTo("wrote Cold[format=Parquet, writeUri=/lake/orders, temporaryCredentials=null]");
        assertThat(served.calls()).containsExactly(PLAN, COMPLETE, COMMITTED, COMMITTED, COMMITTED, COMMITTED);
        assertThat(served.received()).extracting(Received::correlationId).containsOnly(BATCH);
    }

    @Test
    void aRepeatedBatchLeavesEachRowOnce() {
        ServedEntity hot = server.entity("/sales/hot/v1");
        ParallelWriteEntity rows = ParallelWriteEntity.http(hot.base(), SETTINGS);
        EntityExchange sending = new EntityExchange(ORDERS, rows, SETTINGS);
        hot.faults(COMPLETE, EntityFault.status(400, "not now"));

        assertThatThrownBy(() -> sending.write(PlanRequest.unfiltered(), BATCH, plan -> sent(rows)))
                .hasMessage("POST " + hot.base() + "/data/complete: status 400: not now");
        sending.write(PlanRequest.unfiltered(), BATCH, plan -> sent(rows));
        sending.write(PlanRequest.unfiltered(), BATCH, plan -> sent(rows));

        assertThat(hot.rows()).extracting(JsonNode::toString).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(hot.calls())
                .containsExactly(
                        PLAN, STREAM, COMPLETE, PLAN, STREAM, COMPLETE, COMMITTED, PLAN, STREAM, COMPLETE, COMMITTED);
    }

    @Test
    void tellsTheEntityThatTheWriteFailed() {
        IllegalStateException full = new IllegalStateException("disk full");

        assertThatThrownBy(() -> write(plan -> {
                    throw full;
                }))
                .isSameAs(full)
                .hasNoSuppressedExceptions();
        assertThat(served.received()).extracting(Received::body).containsExactly("{}", "{\"success\":false}");
    }

    @Test
    void keepsTheWritesErrorWhereTheEntityCannotBeTold() {
        OutOfMemoryError full = new OutOfMemoryError("heap");
        served.always(COMPLETE, EntityFault.status(404, "gone"));

        assertThatThrownBy(() -> write(plan -> {
                    throw full;
                }))
                .isSameAs(full);
        assertThat(full.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("POST " + served.base() + "/data/complete: status 404: gone");
    }

    @Test
    void failsWhereTheEntityCouldNotCommit() {
        served.failsToCommit();

        fails("entity sales/orders/v1: the entity could not commit the batch (it answered Failed) "
                + "(correlation id batch-7)");
        assertThat(served.calls()).containsExactly(PLAN, COMPLETE, COMMITTED);
    }

    @Test
    void givesUpOnABatchThatStaysPending() {
        served.pendingForEver();

        fails("entity sales/orders/v1: the batch is still Pending after 5 questions; the entity may yet commit it. "
                + "To wait longer, raise plugin.microservice-catalog.exchange.poll-limit (correlation id batch-7)");
        assertThat(served.calls()).hasSize(7);
    }

    @Test
    void leavesTheExchangeOpenWhereNobodyKnowsWhetherTheBatchIsWritten() {
        String written = exchange.write(PlanRequest.unfiltered(), BATCH, plan -> "perhaps", "surely"::equals);

        assertThat(written).isEqualTo("perhaps");
        assertThat(served.calls()).containsExactly(PLAN);

        exchange.write(PlanRequest.unfiltered(), BATCH, plan -> "surely", "surely"::equals);
        assertThat(served.calls()).containsExactly(PLAN, PLAN, COMPLETE, COMMITTED);
    }

    @Test
    void writesNothingWithoutAPlan() {
        served.always(PLAN, EntityFault.status(403, "closed"));

        assertThatThrownBy(() -> write(plan -> {
                    throw new AssertionError("there is no plan");
                }))
                .hasMessage("POST " + served.base() + "/writeExecutionPlan: status 403: closed");
        assertThat(served.calls()).containsExactly(PLAN);
    }

    @Test
    void saysWhenItWasInterrupted() {
        served.pendingForEver();

        assertThatThrownBy(() -> new EntityExchange(ORDERS, interrupting(), SETTINGS)
                        .write(PlanRequest.unfiltered(), BATCH, plan -> "written"))
                .isInstanceOf(MillraceException.class)
                .hasMessage("entity sales/orders/v1: interrupted while the batch was Pending (correlation id batch-7)");
        assertThat(Thread.interrupted()).isTrue();
    }

    private void fails(String message) {
        assertThatThrownBy(() -> write(plan -> "written"))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessage(message);
    }

    private <T> T write(Function<WriteExecutionPlan, T> writer) {
        return exchange.write(PlanRequest.unfiltered(), BATCH, writer);
    }

    private static String sent(ParallelWriteEntity rows) {
        rows.hot().send(List.of("{\"id\":1}", "{\"id\":2}").iterator(), BATCH);
        return "sent";
    }

    /** Is pending, and interrupts whoever asks. */
    private static ParallelWriteEntity interrupting() {
        ParallelWriteEntity local = ParallelWriteEntity.local("Delta", "/lake");
        return new ParallelWriteEntity() {
            @Override
            public WriteExecutionPlan plan(PlanRequest request, String correlationId) {
                return local.plan(request, correlationId);
            }

            @Override
            public void complete(boolean success, String correlationId) {}

            @Override
            public CommitStatus committed(String correlationId) {
                Thread.currentThread().interrupt();
                return CommitStatus.PENDING;
            }

            @Override
            public HotChannel hot() {
                return local.hot();
            }
        };
    }
}
