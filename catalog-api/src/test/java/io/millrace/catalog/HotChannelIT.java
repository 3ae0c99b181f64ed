package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.MillraceException;
import io.millrace.http.HttpRetries;
import io.millrace.testkit.EntityCall;
import io.millrace.testkit.EntityFault;
import io.millrace.testkit.EntityServer;
import io.millrace.testkit.ServedEntity;
import io.millrace.testkit.ServedEntity.Received;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HotChannelIT {

    private static final String BATCH = "batch-7";

    private final EntityServer server = EntityServer.start();
    private final ServedEntity served = server.entity("/sales/orders/v1");
    private final ParallelWriteEntity entity = ParallelWriteEntity.http(served.base(), retries(Duration.ofSeconds(30)));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsTheRowsOfAPartitionInOneRequest() {
        entity.hot().send(List.of("{\"a\":1}", "{\"a\":\"ö\"}").iterator(), BATCH);

        assertThat(served.received())
                .containsExactly(new Received(EntityCall.STREAM, BATCH, "[{\"a\":1},{\"a\":\"ö\"}]"));
    }

    @Test
    void sendsNothingWithoutRows() {
        entity.hot().send(List.<String>of().iterator(), BATCH);

        assertThat(served.received()).isEmpty();
    }

    @Test
    void streamsManyRowsDrawnByTheCallingThread() {
        Set<Thread> drawing = new HashSet<>();
        Iterator<String> rows = IntStream.range(0, 200_000)
                .mapToObj(i -> {
                    drawing.add(Thread.currentThread());
                    return "{\"id\":" + i + "}";
                })
                .iterator();

        entity.hot().send(rows, BATCH);
        entity.complete(true, BATCH);

        assertThat(served.rows()).hasSize(200_000);
        assertThat(served.rows())
                .extracting(JsonNode::toString)
                .startsWith("{\"id\":0}", "{\"id\":1}")
                .endsWith("{\"id\":199999}");
        assertThat(drawing).containsExactly(Thread.currentThread());
    }

    @Test
    void travelsToExecutors() throws IOException, ClassNotFoundException {
        HotChannel copy = copied(entity.hot());

        copy.send(List.of("{}").iterator(), BATCH);

        assertThat(served.calls()).containsExactly(EntityCall.STREAM);
    }

    @Test
    void failsWithTheEntitysAnswerAndDoesNotRepeatIt() {
        served.always(EntityCall.STREAM, EntityFault.status(503, "full"));

        assertThatThrownBy(() -> entity.hot().send(List.of("{}").iterator(), BATCH))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessage("POST " + served.base() + "/data/stream: status 503: full");
        assertThat(served.calls()).hasSize(1);
    }

    @Test
    void doesNotWaitForEver() {
        served.always(EntityCall.STREAM, EntityFault.hang());
        ParallelWriteEntity impatient = ParallelWriteEntity.http(served.base(), retries(Duration.ofMillis(50)));

        assertThatThrownBy(() -> impatient.hot().send(List.of("{}").iterator(), BATCH))
                .hasMessage("POST " + served.base() + "/data/stream: no answer within 50 ms");
    }

    @Test
    void doesNotWaitForEverForAServerThatTakesNoRows() {
        served.always(EntityCall.STREAM, EntityFault.readNothing());
        ParallelWriteEntity impatient = ParallelWriteEntity.http(served.base(), retries(Duration.ofMillis(200)));
        Iterator<String> endless = Stream.generate(() -> "{\"text\":\"" + "x".repeat(10_000) + "\"}")
                .iterator();

        assertThatThrownBy(() -> impatient.hot().send(endless, BATCH))
                .hasMessage("POST " + served.base() + "/data/stream: no answer within 200 ms");
    }

    @Test
    void throwsOnWhatTheRowsThrowAndCompletesNoRequest() {
        IllegalStateException broken = new IllegalStateException("broken row");
        Iterator<String> rows = IntStream.range(0, 100_000)
                .mapToObj(i -> {
                    if (i == 99_999) {
                        throw broken;
                    }
                    return "{\"id\":" + i + "}";
                })
                .iterator();

        assertThatThrownBy(() -> entity.hot().send(rows, BATCH)).isSameAs(broken);
        assertThat(served.received()).isEmpty();
    }

    @Test
    void saysThatThereIsNoServer() {
        server.close();

        assertThatThrownBy(() -> entity.hot().send(List.of("{}").iterator(), BATCH))
                .hasMessage("POST " + served.base() + "/data/stream: no connection: ConnectException");
    }

    private static HotChannel copied(HotChannel channel) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(channel);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (HotChannel) in.readObject();
        }
    }

    private static ExchangeSettings retries(Duration requestTimeout) {
        return new ExchangeSettings(
                new HttpRetries(Duration.ofSeconds(30), requestTimeout, 2, Duration.ofMillis(1)),
                Duration.ofMillis(1),
                3);
    }
}
