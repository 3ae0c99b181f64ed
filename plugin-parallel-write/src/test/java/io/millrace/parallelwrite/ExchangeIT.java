package io.millrace.parallelwrite;

import static io.millrace.testkit.EntityCall.COMMITTED;
import static io.millrace.testkit.EntityCall.COMPLETE;
import static io.millrace.testkit.EntityCall.PLAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceException;
import io.millrace.spi.Batch;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Entities behind HTTP, and what they can do wrong. */
@ExtendWith(MillraceSession.class)
class ExchangeIT {

    private final SparkSession session;
    private final Path folder;
    private final EntityServer server = EntityServer.start();
    private final ServedEntity entity = server.entity("/d/events/v1");
    private final Lake lake;

    ExchangeIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
        this.lake = Lake.of(
                session,
                folder,
                """
                base-url = "%s/{domain}/{name}/{version}"
                exchange { request-timeout = 2s, retries = 1, retry-pause = 10ms, poll-interval = 10ms, poll-limit = 3 }
                """
                        .formatted(server.address()));
    }

    @BeforeEach
    void createTable() {
        session.sql("CREATE DATABASE " + lake.database());
        session.sql("CREATE TABLE " + lake.database() + ".events (id BIGINT, day STRING) USING delta LOCATION '"
                + folder + "/table'");
        entity.cold("Delta", place());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void leadsOneExchangePerBatchAndWritesWhereThePlanSays() {
        Batch batch = Lake.batch("one", rows());

        CommitOutcome outcome = sink().write(batch);

        assertThat(outcome).isEqualTo(new Committed("version 0", Counts.committed(2)));
        assertThat(entity.calls()).containsExactly(PLAN, COMPLETE, COMMITTED);
        assertThat(entity.received())
                .extracting(ServedEntity.Received::correlationId)
                .containsOnly(batch.id().correlationId());
        assertThat(entity.received().get(1).body()).isEqualTo("{\"success\":true}");
        assertThat(Lake.json(session.read().format("delta").load(place()))).hasSize(2);
        assertThat(lake.table("events")).isEmpty();
    }

    @Test
    void leavesAnEmptyBatchOut() {
        CommitOutcome outcome = sink().write(Lake.batch("one", rows().where("id > 5")));

        assertThat(outcome).isEqualTo(new Committed("", Counts.NONE));
        assertThat(entity.calls()).isEmpty();
    }

    @Test
    void runsTheExchangeAgainForABatchThatIsCommittedAlready() {
        Batch batch = Lake.batch("one", rows());
        sink().write(batch);

        CommitOutcome again = sink().write(batch);

        assertThat(again).isEqualTo(new AlreadyCommitted("version 0"));
        assertThat(entity.calls()).containsExactly(PLAN, COMPLETE, COMMITTED, PLAN, COMPLETE, COMMITTED);
        assertThat(Lake.json(session.read().format("delta").load(place()))).hasSize(2);
    }

    @Test
    void tellsTheEntityWhenTheRowsDoNotFit() {
        CommitOutcome outcome = sink().write(Lake.batch("one", rows().drop("day")));

        assertThat(rejected(outcome, MillraceException.Kind.USER)).startsWith("the rows do not fit entity d/events/v1");
        assertThat(entity.calls()).containsExactly(PLAN, COMPLETE);
        assertThat(entity.received().get(1).body()).isEqualTo("{\"success\":false}");
    }

    @Test
    void refusesAFormatNobodyKnows() {
        entity.cold("Orc", place());

        assertThat(rejected(write(), MillraceException.Kind.EXTERNAL))
                .isEqualTo(
                        "POST http://server/d/events/v1/writeExecutionPlan: the answer is refused: unknown format \"Orc\"; known: Delta, Iceberg, Parquet");
        assertThat(entity.calls()).containsExactly(PLAN);
    }

    @Test
    void refusesAPlanWithoutAPlace() {
        entity.always(PLAN, EntityFault.answer("{\"writeType\": \"Cold\", \"format\": \"Delta\"}"));

        assertThat(rejected(write(), MillraceException.Kind.EXTERNAL))
                .isEqualTo(
                        "POST http://server/d/events/v1/writeExecutionPlan: the answer is refused: a Cold plan needs writeUri");
    }

    @Test
    void givesUpOnAnEntityThatIsOutOfOrder() {
        entity.always(PLAN, EntityFault.status(500, "out of order"));

        assertThat(rejected(write(), MillraceException.Kind.EXTERNAL))
                .isEqualTo(
                        "POST http://server/d/events/v1/writeExecutionPlan: status 500: out of order (tried 2 times)");
        assertThat(entity.calls()).containsExactly(PLAN, PLAN);
        assertThat(Path.of(place())).doesNotExist();
    }

    @Test
    void givesUpOnAnEntityThatHangs() {
        entity.always(PLAN, EntityFault.hang());

        assertThat(rejected(write(), MillraceException.Kind.EXTERNAL))
                .isEqualTo("POST http://server/d/events/v1/writeExecutionPlan: no answer within 2 s (tried 2 times)");
    }

    @Test
    void keepsTheRowsWhenTheEntityFailsToCommitThem() {
        entity.failsToCommit();

        assertThat(unknown(write()))
                .isEqualTo(
                        "entity d/events/v1: the entity could not commit the batch (it answered Failed) (correlation id ee270350-176a-34e4-aff1-c6e0a9e52778); the rows are written, and stay: the same batch, written again, asks the entity again");
        assertThat(Lake.json(session.read().format("delta").load(place()))).hasSize(2);
    }

    @Test
    void keepsTheRowsWhileTheEntityIsPendingAndFindsThemAgain() {
        entity.pending(4);

        assertThat(unknown(write()))
                .isEqualTo(
                        "entity d/events/v1: the batch is still Pending after 3 questions; the entity may yet commit it. To wait longer, raise plugin.microservice-catalog.exchange.poll-limit (correlation id ee270350-176a-34e4-aff1-c6e0a9e52778); the rows are written, and stay: the same batch, written again, asks the entity again");
        assertThat(write()).isEqualTo(new AlreadyCommitted("version 0"));
    }

    private Sink sink() {
        return lake.sink("append");
    }

    private CommitOutcome write() {
        return Lake.write(sink(), "one", rows());
    }

    private String place() {
        return folder.resolve("written").toString();
    }

    private Dataset<Row> rows() {
        return session.sql("SELECT id, 'mon' AS day FROM range(2)");
    }

    private String rejected(CommitOutcome outcome, MillraceException.Kind kind) {
        assertThat(outcome).isInstanceOf(Rejected.class);
        MillraceException reason = ((Rejected) outcome).reason();
        assertThat(reason.kind()).isEqualTo(kind);
        return plain(reason);
    }

    private String unknown(CommitOutcome outcome) {
        assertThat(outcome).isInstanceOf(Unknown.class);
        return plain(((Unknown) outcome).reason());
    }

    private String plain(MillraceException reason) {
        return reason.getMessage()
                .replace(server.address().toString(), "http://server")
                .replace(" (database " + lake.database() + ")", "");
    }
}
