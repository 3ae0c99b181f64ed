package io.millrace.latedata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.delta.tables.DeltaTable;
import io.millrace.config.MillraceException;
import io.millrace.latedata.DueSlice.Due;
import io.millrace.latedata.LateDataRequest.Backfills;
import io.millrace.plan.PipegraphPlan;
import io.millrace.slices.SliceResult;
import io.millrace.slices.SliceResult.Status;
import io.millrace.spi.Slice;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("thorough")
@ExtendWith(MillraceSession.class)
class LateDataIT {

    private static final String NONE = "{\"partitions\":[]}";
    private static final String SECOND = "{\"partitions\":[\"event_time=2024-01-02\"]}";
    private static final String SECOND_AND_THIRD =
            "{\"partitions\":[\"event_time=2024-01-02\",\"event_time=2024-01-03\"]}";

    private final SparkSession session;
    private final Path folder;
    private final DevicesTable devices;

    LateDataIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
        this.devices = new DevicesTable(session, folder);
    }

    /** Five of seven dates are run; then rows come for the second and the third. */
    private void weekWithLateRows() throws IOException {
        devices.week();
        LateDataResult first = devices.run(1, 2, 3, 4, 5);
        assertThat(first.having(Status.DONE)).hasSize(5);
        for (int day = 1; day <= 5; day++) {
            assertThat(devices.configuration(day)).isEqualTo(NONE);
        }
        assertThat(devices.done()).isEqualTo(Map.of(1, 6L, 2, 6L, 3, 6L, 4, 6L, 5, 6L));
        devices.forgetConfigurations();
        devices.load(2);
        devices.load(3);
    }

    private static List<Slice> slices(List<SliceResult> results) {
        return results.stream().map(SliceResult::slice).toList();
    }

    private static Slice day(int day) {
        return Slice.of(DevicesTable.day(day));
    }

    @Test
    void theThirdToTheFifthFindTheSecondLate() throws IOException {
        weekWithLateRows();

        LateDataResult result = devices.run(3, 4, 5);

        assertThat(List.of(devices.configuration(3), devices.configuration(4), devices.configuration(5)))
                .containsExactly(SECOND, NONE, NONE);
        assertThat(devices.configuration(2)).isEqualTo(NONE);
        assertThat(slices(result.backfills())).containsExactly(day(2));
        assertThat(devices.done()).isEqualTo(Map.of(1, 6L, 2, 8L, 3, 8L, 4, 8L, 5, 8L));
        assertThat(devices.differences(1, 5)).isZero();
    }

    @Test
    void theFourthAndTheFifthFindTheSecondAndTheThirdLate() throws IOException {
        weekWithLateRows();

        LateDataResult result = devices.run(4, 5);

        assertThat(List.of(devices.configuration(4), devices.configuration(5))).containsExactly(SECOND_AND_THIRD, NONE);
        assertThat(List.of(devices.configuration(2), devices.configuration(3))).containsExactly(NONE, NONE);
        assertThat(slices(result.backfills())).containsExactly(day(2), day(3));
        assertThat(devices.done()).isEqualTo(Map.of(1, 6L, 2, 8L, 3, 8L, 4, 8L, 5, 8L));
        assertThat(devices.differences(1, 5)).isZero();
    }

    @Test
    void theFirstToTheThirdFindNothingLate() throws IOException {
        weekWithLateRows();

        LateDataResult result = devices.run(1, 2, 3);

        assertThat(List.of(devices.configuration(1), devices.configuration(2), devices.configuration(3)))
                .containsExactly(NONE, NONE, NONE);
        assertThat(result.backfills()).isEmpty();
        assertThat(devices.done()).isEqualTo(Map.of(1, 8L, 2, 8L, 3, 8L, 4, 6L, 5, 6L));
        assertThat(devices.differences(1, 5)).isZero();
    }

    @Test
    void allThatIsDueIsRunOnce() throws IOException {
        weekWithLateRows();
        try (LateDataRunner runner = devices.runner(devices.plan())) {
            assertThat(runner.due())
                    .extracting(DueSlice::name, DueSlice::due, DueSlice::reason)
                    .containsExactly(
                            tuple("2024-01-02", Due.LATE, "changed at version 7, was run as of version 6"),
                            tuple("2024-01-03", Due.LATE, "changed at version 8, was run as of version 6"),
                            tuple("2024-01-06", Due.NEW, "was not run yet"),
                            tuple(
                                    "2024-01-07",
                                    Due.NOT_READY,
                                    "is the newest; it is ready when the table has a later one"));
            LateDataResult result = runner.run(LateDataRequest.all());

            assertThat(slices(result.having(Status.DONE))).containsExactly(day(2), day(3), day(6));
            assertThat(devices.differences(1, 6)).isZero();
            assertThat(runner.run(LateDataRequest.all()).having(Status.DONE)).isEmpty();
        }
    }

    @Test
    void backfillsMayBeLeftToOthers() throws IOException {
        weekWithLateRows();
        try (LateDataRunner runner = devices.runner(devices.plan())) {
            LateDataResult result =
                    runner.run(new LateDataRequest(List.of(DevicesTable.day(4)), Backfills.LEAVE, false));

            assertThat(result.left()).containsExactly(day(2), day(3));
            assertThat(result.backfills()).isEmpty();
            assertThat(devices.done()).containsEntry(2, -1L).containsEntry(3, -1L);
            assertThat(slices(runner.run(LateDataRequest.all()).slices())).contains(day(2), day(3));
            assertThat(devices.differences(1, 5)).isZero();
        }
    }

    @Test
    void rewritingFilesIsNoLateDataAndDeletingRowsIs() throws IOException {
        devices.week();
        devices.load(2);
        devices.run(1, 2, 3, 4, 5);
        DeltaTable table = DeltaTable.forPath(session, devices.source());
        table.optimize().executeCompaction();
        try (LateDataRunner runner = devices.runner(devices.plan())) {
            assertThat(runner.due()).extracting(DueSlice::due).containsOnly(Due.NEW, Due.NOT_READY);

            table.delete("event_time = DATE'2024-01-01'");
            table.delete("event_time = DATE'2024-01-04' AND device > '8'");
            assertThat(runner.due().stream().filter(each -> each.due() == Due.LATE))
                    .extracting(DueSlice::name)
                    .containsExactly("2024-01-01", "2024-01-04");
            runner.run(LateDataRequest.all());
        }
        assertThat(devices.differences(1, 5)).isZero();
        assertThat(devices.copied()).doesNotContainKey(1);
    }

    @Test
    void boundsLeaveOutWhatIsTooOldAndTooMuchAndSayIt() throws IOException {
        weekWithLateRows();
        devices.load(1);
        PipegraphPlan bounded = devices.plan(
                "{ model = daily, replaces = \"event_time = :run_date\" }", ", look-back = 5, max-backfills = 1");
        try (LateDataRunner runner = devices.runner(bounded)) {
            assertThat(runner.due())
                    .extracting(DueSlice::name, DueSlice::due, DueSlice::reason)
                    .startsWith(
                            tuple(
                                    "2024-01-01",
                                    Due.TOO_OLD,
                                    "changed at version 9, was run as of version 6; before the 5 days of look-back"),
                            tuple("2024-01-02", Due.LATE, "changed at version 7, was run as of version 6"),
                            tuple(
                                    "2024-01-03",
                                    Due.TOO_MANY,
                                    "changed at version 8, was run as of version 6; more than max-backfills = 1 of one run"));
        }
    }

    @Test
    void aDateThatIsNotThereOrNotReadyIsNotRun() throws IOException {
        devices.week();

        LateDataResult result = devices.run(7, 9);

        assertThat(result.slices()).isEmpty();
        assertThat(result.notRun())
                .extracting(DueSlice::name, DueSlice::due)
                .containsExactly(tuple("2024-01-07", Due.NOT_READY), tuple("2024-01-09", Due.ABSENT));
        assertThat(devices.done()).isEmpty();
    }

    @Test
    void aTableThatIsMadeAnewIsNoticed() throws IOException {
        devices.week();
        devices.run(1, 2, 3);
        FileUtils.deleteDirectory(folder.resolve("devices").toFile());
        DeltaLog.clearCache();
        devices.week();
        try (LateDataRunner runner = devices.runner(devices.plan())) {
            assertThatThrownBy(() -> runner.run(LateDataRequest.all()))
                    .isInstanceOf(MillraceException.class)
                    .hasMessage("Delta table in " + devices.source()
                            + " is another table than the one that was looked at before: that one was deleted, and one of the"
                            + " same name was made. Run late-data run with --reconcile once: it looks at the table anew, and runs every"
                            + " slice that was done once more");

            LateDataResult result = runner.run(new LateDataRequest(List.of(), Backfills.RUN, true));

            assertThat(slices(result.having(Status.DONE)))
                    .containsExactly(day(1), day(2), day(3), day(4), day(5), day(6));
            assertThat(devices.differences(1, 6)).isZero();
        }
    }

    @Test
    void aLogThatIsCleanedAwayIsNoticed() throws IOException {
        devices.week();
        devices.run(1, 2, 3, 4, 5);
        session.sql(
                "ALTER TABLE delta.`" + devices.source() + "` SET TBLPROPERTIES ('delta.checkpointInterval' = '1')");
        devices.load(2);
        for (int version = 0; version <= 7; version++) {
            Files.delete(folder.resolve("devices/_delta_log/0000000000000000000" + version + ".json"));
        }
        try (LateDataRunner runner = devices.runner(devices.plan())) {
            assertThatThrownBy(runner::due)
                    .isInstanceOf(MillraceException.class)
                    .hasMessage("version 7 of Delta table in " + devices.source()
                            + " is not in its log any more, which was looked at up to version 6: what has changed since is not known."
                            + " Run late-data run with --reconcile once: it looks at the table anew, and runs every slice that was done once"
                            + " more");
            runner.run(new LateDataRequest(List.of(), Backfills.RUN, true));
            assertThat(devices.differences(1, 6)).isZero();
        }
    }
}
