package io.millrace.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.internal.ledger.ClaimedWork.Kind;
import io.millrace.internal.state.StateFolder;
import io.millrace.testkit.ConcurrentWork;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class FileLedgerStoreIT {

    private static final ClaimedWork ALL = new ClaimedWork(Kind.RUN, "all");
    private static final Instant NOON = Instant.parse("2024-01-03T12:00:00.123456Z");

    private final SparkSession session;
    private final Path folder;

    FileLedgerStoreIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    private FileLedgerStore store() {
        return new FileLedgerStore(new StateFolder(session, folder.toString()), "pipegraph", "orders");
    }

    private static LedgerVersion version(long number, LedgerEntry... entries) {
        return new LedgerVersion(number, entries.length, List.of("mark-" + UUID.randomUUID()), List.of(entries));
    }

    private static LedgerEntry begun(String id, long sequence) {
        return LedgerEntry.begun(id, ALL, sequence, NOON, Owner.here(), Map.of());
    }

    @Test
    void whereNothingIsWrittenThereIsNothing() {
        assertThat(store().read()).isEqualTo(LedgerVersion.NONE);
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        LedgerEntry running = LedgerEntry.begun(
                        "run-1",
                        new ClaimedWork(Kind.RUN, "date=2024-01-03"),
                        1,
                        NOON,
                        Owner.here(),
                        Map.of("zażółć", "a\nb"))
                .writes();
        LedgerEntry failed = begun("run-2", 2).failed("lights out");
        LedgerEntry done = begun("run-3", 3).completed(NOON.plusSeconds(1));
        LedgerVersion written = version(1, done, running, failed);

        assertThat(store().write(written)).isTrue();

        assertThat(store().read().number()).isEqualTo(1);
        assertThat(store().read().sequence()).isEqualTo(3);
        assertThat(store().read().entries()).isEqualTo(written.entries());
    }

    @Test
    void aVersionIsWrittenByOneOnly() {
        store().write(version(1, begun("run-1", 1)));
        LedgerVersion second = version(2, begun("run-2", 1));

        assertThat(store().write(second)).isTrue();
        assertThat(store().write(version(2, begun("run-3", 1)))).isFalse();
        assertThat(store().write(version(1, begun("run-4", 1)))).isFalse();
        assertThat(store().read().number()).isEqualTo(2);
        assertThat(store().read().entries()).isEqualTo(second.entries());
    }

    @Test
    void allEntriesMayGo() {
        store().write(version(1, begun("run-1", 1)));

        assertThat(store().write(version(2))).isTrue();
        assertThat(store().read().number()).isEqualTo(2);
        assertThat(store().read().entries()).isEmpty();
        assertThat(store().write(version(3, begun("run-2", 1)))).isTrue();
    }

    @Test
    void ofManyWhoNoteSomethingAtOnceNoneIsLost() throws Exception {
        List<Callable<String>> claims = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String id = "replay-" + i;
            claims.add(() -> {
                Ledger ledger = new Ledger("pipegraph orders", store(), Clock.systemUTC());
                ledger.claim(new ClaimedWork(Kind.REPLAY, id), before -> new Ledger.Choice(id))
                        .complete();
                return id;
            });
        }

        List<String> ids = ConcurrentWork.all(claims);

        assertThat(store().read().entries()).extracting(LedgerEntry::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(store().read().entries()).allMatch(LedgerEntry::done);
    }

    @Test
    void anOwnerLivesAsLongAsThatIsNoted() {
        Owner owner = Owner.here();
        assertThat(store().beats().sinceLast(owner)).isEmpty();

        store().beats().beat(owner);
        assertThat(store().beats().sinceLast(owner).orElseThrow())
                .isBetween(Duration.ofSeconds(-1), OwnerLifeSigns.LEASE);
        store().beats().stop(owner);

        assertThat(store().beats().sinceLast(owner)).isEmpty();
    }
}
