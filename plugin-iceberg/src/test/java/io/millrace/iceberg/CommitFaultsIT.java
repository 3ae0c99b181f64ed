package io.millrace.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.MillraceException;
import io.millrace.iceberg.FaultyCatalog.Fault;
import io.millrace.iceberg.internal.commit.BatchSnapshots;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.spi.CommitOutcome.Rejected;
import io.millrace.spi.CommitOutcome.Unknown;
import io.millrace.spi.Sink;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
public class CommitFaultsIT {

    private static final String UPSERT =
            "save-mode = merge, merge { on = \"t.id = s.id\", when = [\"MATCHED THEN UPDATE SET *\", \"NOT MATCHED THEN INSERT *\"] }";

    private final SparkSession spark;
    private final Path folder;
    private final Lake lake;
    private final String table;

    CommitFaultsIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
        this.lake = new Lake(spark, folder);
        this.table = lake.newTable();
    }

    @BeforeEach
    void writeARow() {
        Writes.run(lake.sink(table, "properties { commit.retry.num-retries = 0 }"), "first", rows(0, 1));
    }

    @Test
    void whereOthersComeFirstEachTimeTheLastOfThemIsNamed() throws IOException {
        List<Path> before = dataFiles();

        CommitOutcome outcome = Writes.run(faulty(Fault.RIVAL, "", ""), "two", rows(1, 2));

        Snapshot rival = newest();
        assertThat(rejected(outcome))
                .hasMessage("Iceberg table " + faultyTable(Fault.RIVAL)
                        + ": gave up after 2 attempts to commit, because others came first; the last one was snapshot "
                        + rival.snapshotId() + ", append of application unknown at "
                        + Instant.ofEpochMilli(rival.timestampMillis())
                        + ". Nothing of this batch is in the table: run it again, or let fewer jobs write the table at the"
                        + " same time");
        assertThat(dataFiles()).isEqualTo(before);
        assertThat(Writes.run(lake.sink(table, ""), "two", rows(1, 2))).isInstanceOf(Committed.class);
        assertThat(lake.rows(table).count()).isEqualTo(2);
    }

    @Test
    void aMergeThatAlwaysMeetsOthersSaysSoToo() {
        CommitOutcome outcome = Writes.run(faulty(Fault.RIVAL, UPSERT, ""), "two", rows(0, 2));

        assertThat(rejected(outcome).kind()).isEqualTo(MillraceException.Kind.EXTERNAL);
        assertThat(rejected(outcome))
                .hasMessageStartingWith(
                        "Iceberg table " + faultyTable(Fault.RIVAL)
                                + ": gave up after 2 attempts to commit, because others came first; the last one was snapshot ");
        assertThat(rejected(outcome).kind()).isEqualTo(MillraceException.Kind.EXTERNAL);
        assertThat(lake.rows(table).count()).isEqualTo(1);
    }

    @Test
    void aBatchThatSomebodyElseCommitsMeanwhileIsNotCommittedAgain() {
        BatchId batch = new BatchId(Writes.OUTPUT, "two", 0);
        String properties = "rival-key = \"" + BatchSnapshots.key(batch) + "\", rival-value = \"" + batch + "\"";

        CommitOutcome outcome = Writes.run(faulty(Fault.RIVAL, "", properties), "two", rows(1, 2));

        assertThat(outcome).isEqualTo(new AlreadyCommitted("snapshot " + newest().snapshotId()));
        assertThat(lake.rows(table).count()).isEqualTo(1);
    }

    @Test
    void aMergeThatSomebodyElseCommitsMeanwhileIsNotDoneAgain() {
        BatchId batch = new BatchId(Writes.OUTPUT, "two", 0);
        String properties = "rival-key = \"" + BatchSnapshots.key(batch) + "\", rival-value = \"" + batch + "\"";

        CommitOutcome outcome = Writes.run(faulty(Fault.RIVAL, UPSERT, properties), "two", rows(0, 2));

        assertThat(outcome).isEqualTo(new AlreadyCommitted("snapshot " + newest().snapshotId()));
        assertThat(lake.rows(table).count()).isEqualTo(1);
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundInTheTable() {
        CommitOutcome outcome = Writes.run(faulty(Fault.ANSWER_LOST, "", ""), "two", rows(1, 2));

        assertThat(outcome).isInstanceOfSatisfying(Committed.class, committed -> {
            assertThat(committed.commit()).isEqualTo("snapshot " + newest().snapshotId());
            assertThat(committed.warnings()).singleElement().satisfies(warning -> assertThat(warning)
                    .startsWith("the batch is committed, but after that: the line is dead"));
        });
        assertThat(lake.rows(table).count()).isEqualTo(2);
    }

    @Test
    void aCommitOfWhichNobodyKnowsIsLeftOpenAndItsFilesStay() throws IOException {
        int before = dataFiles().size();

        CommitOutcome outcome = Writes.run(faulty(Fault.UNKNOWN, "", ""), "two", rows(1, 2));

        assertThat(outcome).isInstanceOfSatisfying(Unknown.class, unknown -> assertThat(unknown.reason())
                .hasMessageStartingWith("cannot commit to Iceberg table " + faultyTable(Fault.UNKNOWN)
                        + ": IllegalStateException: the line is dead"));
        assertThat(dataFiles()).hasSize(before + 1);
        assertThat(Writes.run(lake.sink(table, ""), "two", rows(1, 2))).isInstanceOf(Committed.class);
        assertThat(lake.rows(table).count()).isEqualTo(2);
    }

    @Test
    void ofAMergeOfWhichNobodyKnowsItIsFoundOutLater() {
        CommitOutcome outcome = Writes.run(faulty(Fault.UNKNOWN, UPSERT, ""), "two", rows(0, 2));

        assertThat(outcome).isInstanceOf(Unknown.class);
        assertThat(Writes.run(lake.sink(table, UPSERT), "two", rows(0, 2))).isInstanceOf(Committed.class);
        assertThat(lake.rows(table).count()).isEqualTo(2);
    }

    @Test
    void aCatalogThatRefusesIsQuoted() {
        CommitOutcome outcome = Writes.run(faulty(Fault.REFUSED, "", ""), "two", rows(1, 2));

        assertThat(rejected(outcome))
                .hasMessage("cannot commit to Iceberg table " + faultyTable(Fault.REFUSED)
                        + ": ForbiddenException: not by you");
        assertThat(rejected(outcome).kind()).isEqualTo(MillraceException.Kind.EXTERNAL);
    }

    private static MillraceException rejected(CommitOutcome outcome) {
        assertThat(outcome).isInstanceOf(Rejected.class);
        return ((Rejected) outcome).reason();
    }

    private Sink faulty(Fault fault, String more, String properties) {
        return new FaultyTable(lake.name(), folder, fault).sink(table, more, properties);
    }

    private String faultyTable(Fault fault) {
        return new FaultyTable(lake.name(), folder, fault).named(table);
    }

    private Snapshot newest() {
        return Objects.requireNonNull(lake.table(table).currentSnapshot());
    }

    private List<Path> dataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    private Dataset<Row> rows(long from, long to) {
        return spark.range(from, to, 1, 1).toDF();
    }
}
