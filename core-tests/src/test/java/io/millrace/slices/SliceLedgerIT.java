package io.millrace.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.slices.SliceEntry.Figures;
import io.millrace.slices.SliceLedger.Claimed;
import io.millrace.slices.SliceLedger.Pin;
import io.millrace.spi.Slice;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.ConcurrentWork;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class SliceLedgerIT {

    private static final Slice DAY = day(3);
    private static final Figures FIGURES = new Figures(100, 90, Duration.ofMillis(1_234));
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final SparkSession session;
    private final Path folder;
    private final List<SliceLedger> open = new ArrayList<>();

    SliceLedgerIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    static Slice day(int day) {
        return Slice.of(LocalDate.of(2024, 1, 1).plusDays(day - 1));
    }

    private SliceLedger ledger() {
        SliceLedger ledger = SliceLedger.open(session, folder.resolve("slices").toString(), "devices");
        open.add(ledger);
        return ledger;
    }

    @AfterEach
    void close() {
        open.forEach(SliceLedger::close);
    }

    private static Pin pin(String newest) {
        return new Pin() {
            @Override
            public String model() {
                return "devices";
            }

            @Override
            public String newest() {
                return newest;
            }

            @Override
            public boolean readable(String version) {
                return !version.equals("vacuumed");
            }
        };
    }

    private static SliceEntry claimed(SliceLedger ledger, Slice slice, String version) {
        return ((Claimed.Ours) ledger.claim(slice, pin(version))).entry();
    }

    private SliceEntry found(Slice slice) {
        return ledger().list().stream()
                .filter(entry -> entry.slice().equals(slice))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSliceIsClaimedThenDoneAndAskedForAgain() {
        SliceLedger ledger = ledger();
        assertThat(ledger.list()).isEmpty();

        SliceEntry first = claimed(ledger, DAY, "1");
        assertThat(found(DAY)).isEqualTo(first);
        assertThat(first)
                .extracting(SliceEntry::state, SliceEntry::attempt, SliceEntry::version, SliceEntry::doneVersion)
                .containsExactly(SliceState.RUNNING, 1, "1", null);
        assertThat(first.owner()).contains("this process");

        assertThat(ledger.complete(first, FIGURES, all -> Map.of())).isEmpty();
        SliceEntry done = found(DAY);
        assertThat(done)
                .extracting(SliceEntry::state, SliceEntry::doneVersion, SliceEntry::figures, SliceEntry::claimedBy)
                .containsExactly(SliceState.DONE, "1", FIGURES, null);
        assertThat(ledger.claim(DAY, pin("2"))).isEqualTo(new Claimed.Done(done));

        assertThat(ledger.request(Map.of(DAY, "late"))).containsExactly(DAY);
        assertThat(ledger.request(Map.of(DAY, "later"))).isEmpty();
        assertThat(found(DAY).reason()).isEqualTo("late");
        SliceEntry again = claimed(ledger, DAY, "2");
        assertThat(again)
                .extracting(SliceEntry::state, SliceEntry::version, SliceEntry::doneVersion)
                .containsExactly(SliceState.RUNNING, "2", "1");
        assertThat(again.run()).isNotEqualTo(first.run());
    }

    @Test
    void oneThatFailedGoesOnWithItsRunUnlessItsVersionIsGone() {
        SliceLedger ledger = ledger();
        SliceEntry first = claimed(ledger, DAY, "1");
        ledger.fail(first, "the lake is gone");
        assertThat(found(DAY).failure()).isEqualTo("the lake is gone");

        SliceEntry again = claimed(ledger, DAY, "2");
        assertThat(again)
                .extracting(SliceEntry::run, SliceEntry::attempt, SliceEntry::version)
                .containsExactly(first.run(), 2, "1");

        Slice other = day(4);
        SliceEntry vacuumed = claimed(ledger, other, "vacuumed");
        ledger.fail(vacuumed, "a file is gone");
        SliceEntry anew = claimed(ledger, other, "2");
        assertThat(anew).extracting(SliceEntry::attempt, SliceEntry::version).containsExactly(1, "2");
        assertThat(anew.run()).isNotEqualTo(vacuumed.run());
    }

    @Test
    void requestsComeWithTheCommitThatCompletesAndOnlyOnce() {
        SliceLedger ledger = ledger();
        for (int day = 1; day <= 3; day++) {
            ledger.complete(claimed(ledger, day(day), "1"), FIGURES, all -> Map.of());
        }
        SliceEntry running = claimed(ledger, day(5), "1");
        ledger.request(Map.of(day(2), "asked for"));

        Map<Slice, String> late = new LinkedHashMap<>();
        List.of(1, 2, 5).forEach(day -> late.put(day(day), "late"));
        SliceEntry current = claimed(ledger, day(4), "2");
        List<SliceState> seen = new ArrayList<>();
        List<Slice> requested = ledger.complete(current, FIGURES, all -> {
            seen.clear();
            all.stream()
                    .sorted(java.util.Comparator.comparing(each -> each.slice().toString()))
                    .map(SliceEntry::state)
                    .forEach(seen::add);
            return late;
        });

        assertThat(requested).containsExactly(day(1));
        assertThat(seen)
                .containsExactly(
                        SliceState.DONE, SliceState.WAITING, SliceState.DONE, SliceState.DONE, SliceState.RUNNING);
        assertThat(found(day(2)).reason()).isEqualTo("asked for");
        assertThat(found(day(5))).isEqualTo(running);
    }

    @Test
    void aClaimIsOneOwnersUntilItIsReleased() {
        SliceLedger ours = ledger();
        SliceEntry mine = claimed(ours, DAY, "1");

        assertThat(ledger().claim(DAY, pin("2"))).isEqualTo(new Claimed.Held(mine));
        assertThat(ledger().release(entry -> entry.slice().equals(DAY), "taken from it"))
                .containsExactly(mine);
        assertThat(found(DAY).failure()).isEqualTo("taken from it");
        assertThatThrownBy(() -> ours.complete(mine, FIGURES, all -> Map.of()))
                .isInstanceOf(MillraceException.class)
                .hasMessage(
                        "slice date=2024-01-03 is not this process's any more: somebody else has taken it over, or released it");
        SliceEntry theirs = claimed(ledger(), DAY, "2");
        assertThat(theirs.run()).isEqualTo(mine.run());
        assertThatThrownBy(() -> ours.fail(mine, "too late")).isInstanceOf(MillraceException.class);
        assertThat(found(DAY)).isEqualTo(theirs);
    }

    /** Times are for people: what is claimed, done and claimed again does not depend on them. */
    @Test
    void aClockThatGoesBackChangesNothing() {
        Iterator<Instant> times = Stream.of("12:00", "11:00", "10:30", "10:00")
                .map(time -> Instant.parse("2024-01-09T" + time + ":00Z"))
                .iterator();
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return times.next();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        SliceLedger ledger = SliceLedger.open(session, folder.resolve("slices").toString(), "devices", clock);
        open.add(ledger);

        SliceEntry first = claimed(ledger, DAY, "1");
        ledger.complete(first, FIGURES, all -> Map.of());
        assertThat(ledger.claim(DAY, pin("2"))).isEqualTo(new Claimed.Done(found(DAY)));
        ledger.request(Map.of(DAY, "late"));
        SliceEntry again = claimed(ledger, DAY, "2");
        ledger.complete(again, FIGURES, all -> Map.of());

        assertThat(found(DAY).doneVersion()).isEqualTo("2");
        assertThat(times.hasNext()).isFalse();
    }

    @Test
    void anOwnerWhoGivesNoSignOfLifeIsTakenOver() {
        SliceLedger silent = ledger();
        SliceEntry left = claimed(silent, DAY, "1");
        silent.close();

        SliceEntry taken = claimed(ledger(), DAY, "2");

        assertThat(taken.run()).isEqualTo(left.run());
        assertThat(taken.attempt()).isEqualTo(2);
    }

    @Test
    @Tag("thorough")
    void ofManyWhoClaimAtOnceOneGetsEach() throws Exception {
        int slices = 20;
        List<Callable<List<Slice>>> threads = new ArrayList<>();
        SliceLedger shared = ledger();
        for (int thread = 0; thread < 4; thread++) {
            SliceLedger ledger = thread < 2 ? shared : ledger();
            threads.add(() -> {
                List<Slice> won = new ArrayList<>();
                for (int day = 1; day <= slices; day++) {
                    if (ledger.claim(day(day), null) instanceof Claimed.Ours ours) {
                        won.add(ours.entry().slice());
                        ledger.complete(ours.entry(), FIGURES, all -> Map.of());
                    }
                }
                return won;
            });
        }

        List<Slice> won =
                ConcurrentWork.all(threads).stream().flatMap(List::stream).toList();

        assertThat(won).hasSize(slices).doesNotHaveDuplicates();
        assertThat(ledger().list()).hasSize(slices).allMatch(entry -> entry.state() == SliceState.DONE);
    }

    @Test
    void neitherReadingNorWritingStartsAJob() {
        SliceLedger ledger = ledger();
        ledger.complete(claimed(ledger, day(1), "1"), FIGURES, all -> Map.of());

        session.sparkContext().setJobGroup("ledger", "", false);
        try {
            ledger.complete(claimed(ledger, day(2), "1"), FIGURES, all -> Map.of());
            assertThat(ledger.list()).hasSize(2);
        } finally {
            session.sparkContext().clearJobGroup();
        }

        assertThat(session.sparkContext().statusTracker().getJobIdsForGroup("ledger"))
                .isEmpty();
    }

    @Test
    void aLedgerIsSharedByPipegraphsAndReadBySql() {
        SliceLedger devices = ledger();
        SliceLedger orders = SliceLedger.open(session, devices.path(), "orders");
        open.add(orders);
        claimed(devices, DAY, "1");
        orders.complete(claimed(orders, DAY, "7"), FIGURES, all -> Map.of());
        devices.complete(found(DAY), FIGURES, all -> Map.of());

        assertThat(orders.list()).extracting(SliceEntry::doneVersion).containsExactly("7");
        assertThat(session
                        .read()
                        .format("delta")
                        .load(devices.path())
                        .selectExpr("pipegraph", "slice", "state", "done_version", "rows_written")
                        .orderBy("pipegraph")
                        .collectAsList()
                        .stream()
                        .map(Object::toString))
                .containsExactly("[devices,date=2024-01-03,DONE,1,90]", "[orders,date=2024-01-03,DONE,7,90]");
    }

    @Test
    void whatIsChangedBySqlCounts() {
        SliceLedger ledger = ledger();
        ledger.complete(claimed(ledger, day(1), "1"), FIGURES, all -> Map.of());
        ledger.complete(claimed(ledger, day(2), "1"), FIGURES, all -> Map.of());
        session.sql("DELETE FROM delta.`" + ledger.path() + "` WHERE slice = 'date=2024-01-01'");

        assertThat(ledger.list()).extracting(SliceEntry::slice).containsExactly(day(2));
        assertThat(claimed(ledger, day(1), "2").attempt()).isEqualTo(1);

        session.sql("UPDATE delta.`" + ledger.path() + "` SET state = 'MAYBE' WHERE slice = 'date=2024-01-02'");
        assertThatThrownBy(ledger::list)
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("the slice ledger in " + ledger.path()
                        + " has a row that Millrace did not write: [devices,date=2024-01-02,MAYBE,")
                .hasMessageEndingWith("; mend or delete it, by SQL");
    }

    @Test
    void aNewerFormatIsRefused() {
        SliceLedger ledger = ledger();
        claimed(ledger, DAY, "1");
        session.sql("ALTER TABLE delta.`" + ledger.path() + "` SET TBLPROPERTIES ('millrace.slices.format' = '2')");

        assertThatThrownBy(this::ledger)
                .isInstanceOf(MillraceException.class)
                .hasMessage(
                        "the slice ledger in " + ledger.path()
                                + " was written by a newer version of Millrace (format 2, this one knows 1); use that version, or a newer one");
    }

    @Test
    @Tag("processes")
    void aProcessThatIsKilledLeavesItsClaimToTheNext() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(SliceLedgerProcess.class, folder.toString())) {
            child.awaitLine("claimed", LIMIT);
            assertThat(ledger().claim(DAY, pin("2"))).isInstanceOf(Claimed.Held.class);
            child.kill();
        }

        SliceEntry taken = claimed(ledger(), DAY, "2");

        assertThat(taken.attempt()).isEqualTo(2);
        assertThat(taken.version()).isEqualTo("1");
    }
}
