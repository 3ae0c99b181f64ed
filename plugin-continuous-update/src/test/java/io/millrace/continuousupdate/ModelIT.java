package io.millrace.continuousupdate;

import static io.millrace.continuousupdate.TestTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random changes, late, twice, in batches of any size, against the meaning written down in plain Java. */
@ExtendWith(MillraceSession.class)
class ModelIT {

    private static final String SCHEMA = "id BIGINT, name STRING, number BIGINT";
    private static final ContinuousUpdate DELETING = ContinuousUpdate.on(List.of("id"), "number")
            .deleteExpression("op = 'd'")
            .build();
    private static final int KEYS = 6;
    private static final int CHANGES = 60;

    private record Change(long key, long number, boolean deletes) {
        Row asRow() {
            return row(key, deletes ? null : "v" + number, number, deletes ? "d" : "u");
        }
    }

    /** One in an ordinary build, more where faults are looked for. */
    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 1 + Integer.getInteger("millrace.kills", 1) / 4);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theNewestChangeOfEachKeyIsWhatRemains(long seed, SparkSession spark, @TempDir Path folder) {
        TestTable table = new TestTable(spark, folder, SCHEMA);
        Random random = new Random(seed);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            changes.add(new Change(random.nextInt(KEYS), i, random.nextInt(4) == 0));
        }
        Map<Long, Change> newest = new TreeMap<>();
        changes.forEach(change -> newest.put(change.key(), change));
        shuffleALittle(changes, random);

        List<List<Row>> batches = batches(changes, random);
        for (int number = 0; number < batches.size(); number++) {
            CommitOutcome outcome = write(table, batches, number);
            assertThat(outcome).as("batch %d of seed %d", number, seed).isInstanceOf(Committed.class);
            assertThat(((Committed) outcome).counts().sum())
                    .isEqualTo(batches.get(number).size());
            if (random.nextInt(4) == 0) {
                assertThat(write(table, batches, number)).isInstanceOf(AlreadyCommitted.class);
            }
        }

        assertThat(table.content())
                .as("seed %d", seed)
                .containsExactlyElementsOf(newest.values().stream()
                        .filter(change -> !change.deletes())
                        .map(change -> change.asRow().toString())
                        .map(text -> text.substring(0, text.length() - 3) + "]")
                        .toList());
    }

    private static CommitOutcome write(TestTable table, List<List<Row>> batches, int number) {
        return table.write(
                DELETING,
                table.rows(SCHEMA + ", op STRING", batches.get(number)),
                new BatchId(TestTable.OUTPUT, "stream", number));
    }

    private static void shuffleALittle(List<Change> changes, Random random) {
        for (int i = 0; i < changes.size(); i++) {
            Collections.swap(changes, i, Math.min(changes.size() - 1, i + random.nextInt(40)));
        }
    }

    /** Cuts the changes into batches; some changes come twice, in the same batch or a later one. */
    private static List<List<Row>> batches(List<Change> changes, Random random) {
        List<List<Row>> batches = new ArrayList<>();
        List<Row> batch = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            batch.add(changes.get(i).asRow());
            if (random.nextInt(5) == 0) {
                batch.add(changes.get(random.nextInt(i + 1)).asRow());
            }
            if (random.nextInt(15) == 0) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
        }
        batch.add(changes.get(0).asRow());
        batches.add(batch);
        return batches;
    }
}
