package io.millrace.parallelwrite;

import static io.millrace.testkit.EntityCall.COMMITTED;
import static io.millrace.testkit.EntityCall.COMPLETE;
import static io.millrace.testkit.EntityCall.PLAN;
import static io.millrace.testkit.EntityCall.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.config.MillraceException;
import io.millrace.internal.spark.rows.CountedRows;
import io.millrace.internal.spark.rows.CountedRows.Count;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.Counts;
import io.millrace.spi.Sink;
import io.millrace.testkit.EntityFault;
import io.millrace.testkit.EntityServer;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.ServedEntity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entities that take their rows over HTTP. Each row arrives, or the batch fails and can be sent again. */
@ExtendWith(MillraceSession.class)
class HotIT {

    /** Large enough for several chunks of each request. */
    private static final long MANY = 20_000;

    private final SparkSession session;
    private final EntityServer server = EntityServer.start();
    private final ServedEntity entity = server.entity("/d/events/v1");
    private final Lake lake;

    HotIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.lake = Lake.of(
                session,
                folder,
                """
                base-url = "%s/{domain}/{name}/{version}"
                exchange { request-timeout = 1s, retries = 1, retry-pause = 10ms, poll-interval = 10ms, poll-limit = 3 }
                """
                        .formatted(server.address()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsEachPartitionInOneRequestUnderTheBatchsId() {
        CountedRows counted = CountedRows.of(rows(3, 3), Count.all("rows"));
        Batch batch = Lake.batch("one", counted.rows());

        CommitOutcome outcome = sink("append").write(batch);

        assertThat(outcome).isEqualTo(new Committed("rows sent", Counts.committed(3)));
        assertThat(counted.count("rows")).isEqualTo(3);
        assertThat(entity.calls()).containsExactly(PLAN, STREAM, STREAM, STREAM, COMPLETE, COMMITTED);
        assertThat(entity.received())
                .extracting(ServedEntity.Received::correlationId)
                .containsOnly(batch.id().correlationId());
        assertThat(entity.rows())
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder(
                        "{\"id\":0,\"name\":null,\"place\":{\"x\":0}}",
                        "{\"id\":1,\"name\":\"zażółć 1\",\"place\":{\"x\":1}}",
                        "{\"id\":2,\"name\":\"zażółć 2\",\"place\":{\"x\":2}}");
    }

    @Test
    void sendsManyRows() {
        assertThat(sink("append").write(Lake.batch("one", rows(MANY, 2))))
                .isEqualTo(new Committed("rows sent", Counts.committed(MANY)));
        assertThat(ids()).containsExactlyElementsOf(all(MANY));
    }

    @Test
    void saysNothingOfAnEmptyBatch() {
        assertThat(sink("append").write(Lake.batch("one", rows(0, 2)))).isEqualTo(new Committed("", Counts.NONE));
        assertThat(entity.calls()).isEmpty();
    }

    private static Map<String, EntityFault> faults() {
        return Map.of(
                "status", EntityFault.status(500, "disk full"),
                "hang", EntityFault.hang(),
                "reads nothing", EntityFault.readNothing(),
                "disconnect", EntityFault.disconnect(),
                "disconnect afterwards", EntityFault.disconnectAfterwards());
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "hang", "reads nothing", "disconnect", "disconnect afterwards"})
    void aRequestThatFailsFailsTheBatchWhichThenIsSentAgain(String fault) {
        entity.faults(STREAM, Objects.requireNonNull(faults().get(fault)));
        Batch batch = Lake.batch("one", rows(MANY, 1));

        CommitOutcome failed = sink("append").write(batch);

        assertThat(failed).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.reason().kind()).isEqualTo(MillraceException.Kind.EXTERNAL);
            assertThat(rejected.reason()).hasMessageStartingWith("POST " + entity.base() + "/data/stream: ");
        });
        assertThat(entity.received().get(entity.received().size() - 1).body()).isEqualTo("{\"success\":false}");
        assertThat(entity.rows()).isEmpty();
        assertThat(sink("append").write(batch)).isEqualTo(new Committed("rows sent", Counts.committed(MANY)));
        assertThat(ids()).containsExactlyElementsOf(all(MANY));
    }

    @Test
    void showsWhatTheEntityAnswered() {
        entity.always(STREAM, EntityFault.status(507, "disk full"));

        assertThat(rejected(sink("append").write(Lake.batch("one", rows(1, 1)))))
                .hasMessage("POST " + entity.base() + "/data/stream: status 507: disk full");
    }

    @Test
    void aSlowEntityIsWaitedFor() {
        entity.faults(STREAM, EntityFault.slow(Duration.ofMillis(400)));

        assertThat(sink("append").write(Lake.batch("one", rows(3, 1))))
                .isEqualTo(new Committed("rows sent", Counts.committed(3)));
    }

    @Test
    void anEntityThatCannotCommitFailsTheBatch() {
        entity.failsToCommit();

        CommitOutcome outcome = sink("append").write(Lake.batch("one", rows(1, 1)));

        assertThat(outcome).isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.reason())
                .hasMessageStartingWith(
                        named() + ": the entity could not commit the batch (it answered Failed) (correlation id "));
    }

    @Test
    void rowsCanOnlyBeAdded() {
        assertThat(rejected(sink("overwrite").write(Lake.batch("one", rows(1, 1)))))
                .hasMessage(named() + ": it takes rows over HTTP (write type Hot), which can only be added;"
                        + " saveMode overwrite needs a Cold entity");
        assertThat(entity.calls()).containsExactly(PLAN, COMPLETE);
    }

    private static MillraceException rejected(CommitOutcome outcome) {
        assertThat(outcome).isInstanceOf(Rejected.class);
        return ((Rejected) outcome).reason();
    }

    private String named() {
        return "entity d/events/v1 (database " + lake.database() + ")";
    }

    private Sink sink(String saveMode) {
        return lake.sink(saveMode);
    }

    private Dataset<Row> rows(long count, int partitions) {
        return session.range(0, count, 1, partitions)
                .selectExpr("id", "IF(id = 0, NULL, concat('zażółć ', id)) AS name", "named_struct('x', id) AS place");
    }

    private Iterable<Long> ids() {
        return entity.rows().stream()
                .map(row -> row.path("id").longValue())
                .sorted()
                .toList();
    }

    private static Iterable<Long> all(long count) {
        return LongStream.range(0, count).boxed().toList();
    }
}
