package io.millrace.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.internal.ledger.ClaimedWork.Kind;
import io.millrace.internal.state.StateFolder;
import io.millrace.testkit.ChildJvm;
import io.millrace.testkit.ConcurrentWork;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(MillraceSession.class)
class LedgerIT {

    static final ClaimedWork ALL = new ClaimedWork(Kind.RUN, "all");

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final SparkSession session;
    private final Path folder;

    LedgerIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    private Ledger ledger() {
        return LedgerProcess.ledger(session, folder);
    }

    private Ledger ledgerAt(Instant now) {
        StateFolder state = new StateFolder(session, folder.resolve("state").toString());
        return new Ledger(
                "pipegraph orders",
                new FileLedgerStore(state, "pipegraph", "orders"),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Claim claim(Ledger ledger, String id) {
        return ledger.claim(ALL, before -> new Ledger.Choice(id));
    }

    private static List<String> unfinished(Ledger ledger) {
        return ledger.unfinished(ALL).stream().map(LedgerEntry::id).toList();
    }

    @Test
    void whatIsClaimedIsNobodyElsesUntilItEnds() {
        Claim claim = claim(ledger(), "run-1");

        assertThatThrownBy(() -> claim(ledger(), "run-2"))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .message()
                .matches(
                        "run run-1 of pipegraph orders \\(slice all\\) is under way, in this process, since [-0-9T:.]+Z;"
                                + " wait until it is through, or stop it");
        Claim other =
                ledger().claim(new ClaimedWork(Kind.RUN, "date=2024-01-03"), before -> new Ledger.Choice("run-3"));
        other.release();
        claim.complete();
        claim(ledger(), "run-2").release();

        assertThat(ledger().list()).extracting(LedgerEntry::id).containsExactly("run-1");
        assertThat(folder.resolve("state/runs")).isDirectoryNotContaining("glob:**.alive");
    }

    @Test
    void ofManyWhoClaimAtOnceOneSucceeds() throws Exception {
        List<Callable<Boolean>> claims = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String id = "run-" + i;
            claims.add(() -> {
                try {
                    claim(ledger(), id).writes();
                    return true;
                } catch (MillraceException taken) {
                    return false;
                }
            });
        }

        assertThat(ConcurrentWork.all(claims)).containsOnlyOnce(true);
        assertThat(ledger().list()).hasSize(1);
    }

    @Tag("processes")
    @Test
    void nothingThatProcessesNoteAtOnceIsLost() throws Exception {
        try (ChildJvm one = ChildJvm.start(LedgerProcess.class, folder.toString(), "counts", "40");
                ChildJvm two = ChildJvm.start(LedgerProcess.class, folder.toString(), "counts", "40")) {
            one.awaitLine("counted", LIMIT);
            two.awaitLine("counted", LIMIT);
        }

        assertThat(ledger().list()).hasSize(80).allMatch(LedgerEntry::done);
        assertThat(ledger().list()).extracting(LedgerEntry::sequence).doesNotHaveDuplicates();
    }

    @Tag("processes")
    @Test
    void whoeverIsKilledBeforeItWritesHasDoneNothing() throws Exception {
        kill("claims");

        assertThat(unfinished(ledger())).isEmpty();
        claim(ledger(), "run-2").complete();
        assertThat(ledger().list()).extracting(LedgerEntry::id).containsExactly("run-2");
    }

    @Tag("processes")
    @Test
    void whoeverIsKilledAfterwardsIsContinuedWithWhatItHasNoted() throws Exception {
        kill("writes");

        assertThat(unfinished(ledger())).containsExactly("run-killed");
        Claim again =
                ledger().claim(ALL, before -> new Ledger.Choice(before.get(0).id()));
        assertThat(again.note("upto")).contains("17");
        assertThat(ledger().find("run-killed").orElseThrow().attempt()).isEqualTo(2);
        again.complete();
        assertThat(unfinished(ledger())).isEmpty();
        assertThat(ledger().lastNote(Kind.RUN, "upto")).contains("17");
    }

    private void kill(String at) throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(LedgerProcess.class, folder.toString(), at)) {
            child.awaitLine("claimed", LIMIT);
            assertThatThrownBy(() -> claim(ledger(), "run-2"))
                    .hasMessageStartingWith("run run-killed of pipegraph orders (slice all) is under way, in process "
                            + child.pid() + ", since ");
            child.kill();
        }
    }

    @Test
    void theOrderOfRunsDoesNotHangOnTheClock() {
        claim(ledgerAt(Instant.parse("2024-01-02T00:00:00Z")), "run-1").complete();
        Claim killed = claim(ledgerAt(Instant.parse("2024-01-01T00:00:00Z")), "run-2");
        killed.writes();
        killed.fail("lights out");

        LedgerEntry left = ledger().unfinished(ALL).get(0);
        assertThat(left.id()).isEqualTo("run-2");
        assertThat(left.failure()).isEqualTo("lights out");
    }

    @Test
    void aRunThatIsThroughEndsTheWaitingForThoseBeforeIt() {
        for (String id : List.of("run-1", "run-2")) {
            Claim claim = claim(ledger(), id);
            claim.writes();
            claim.fail("lights out");
        }
        assertThat(unfinished(ledger())).containsExactly("run-1", "run-2");

        claim(ledger(), "run-3").complete();

        assertThat(unfinished(ledger())).isEmpty();
    }

    @Test
    void theFolderDoesNotGrowWithTheNumberOfRuns() throws IOException {
        for (int i = 0; i < 130; i++) {
            Claim claim = claim(ledger(), "run-" + i);
            if (i == 3) {
                claim.note("upto", "3");
            }
            claim.complete();
        }

        assertThat(ledger().list()).hasSize(101);
        assertThat(ledger().lastNote(Kind.RUN, "upto")).contains("3");
        try (Stream<Path> files = Files.list(folder.resolve("state/runs"))) {
            assertThat(files).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    ''                                      | it is empty
                    {}                                      | it holds no notes of a pipegraph
                    [1]                                     | it holds no notes of a pipegraph
                    {"format":1,"of":"pipegraph orders","se | it is not complete, or not JSON
                    {"orders":17}                           | it holds no notes of a pipegraph
                    {"format":1,"of":"pipegraph orders","sequence":1,"entries":[{"id":"x","kind":"WALK"}]} | it was changed by somebody else: No enum constant io.millrace.internal.ledger.ClaimedWork.Kind.WALK
                    {"format":1,"of":"pipegraph orders","sequence":1,"entries":[{"id":"x","kind":"RUN","started":"now"}]} | it was changed by somebody else: Text 'now' could not be parsed at index 0
                    """)
    void aFileThatHoldsSomethingElseIsAnErrorAndNeverNoFile(String content, String why) throws IOException {
        Path file = onlyFile();
        Files.writeString(file, content);

        assertThatThrownBy(() -> claim(ledger(), "run-2"))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessage("the state of the pipegraph cannot be read: " + file + ": " + why
                        + "; restore it from a backup. Whoever deletes it lets go what it remembers: a run that did not"
                        + " finish is written a second time then, and a stream begins anew");
    }

    @Test
    void aFileOfANewerVersionIsLeftAlone() throws IOException {
        Path file = onlyFile();
        Files.writeString(file, Files.readString(file).replace("\"format\":1", "\"format\":2"));

        assertThatThrownBy(() -> claim(ledger(), "run-2"))
                .hasMessage(
                        "the state of the pipegraph cannot be read: " + file
                                + " was written by a newer version of Millrace (format 2, this one knows 1); use that version, or a newer one");
    }

    @Test
    void namesThatMakeOneFileNameAreToldApart() {
        StateFolder state = new StateFolder(session, folder.resolve("state").toString());
        claim(Ledger.ofPipegraph(state, "a b"), "run-1").complete();

        assertThatThrownBy(() -> claim(Ledger.ofPipegraph(state, "a_b"), "run-2"))
                .hasMessage("the state folder has a file " + folder.resolve("state/runs/a_b.00000002.json")
                        + ", which belongs to pipegraph a b, not to pipegraph a_b: their names differ in nothing that the"
                        + " name of a file can show; rename one, or give it a state folder of its own");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        Files.writeString(folder.resolve("state/runs"), "a file");

        assertThatThrownBy(() -> claim(ledger(), "run-1"))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessageStartingWith(
                        "the state of the pipegraph cannot be written: " + folder.resolve("state/runs/.orders."));
    }

    /** As it was before there were ledgers: a file for each run, and others for replays. */
    @Test
    void aFolderOfTheEarlierFormIsTakenOver() throws IOException {
        earlier("runs/run-20240101-000000-aaaaaa", "orders", "\"2024-01-01T00:01:00Z\",\"kept\":{\"upto\":\"17\"}");
        earlier("runs/run-20240102-000000-bbbbbb", "orders", "null");
        earlier("runs/run-20240103-000000-cccccc", "other", "null");
        Files.createDirectories(folder.resolve("state/replays"));
        Files.writeString(
                folder.resolve("state/replays/replay-20240101-000000-dddddd.json"),
                "{\"replay\":\"replay-20240101-000000-dddddd\",\"etl\":\"keep\",\"condition\":\"true\",\"batches\":[\"orders/keep/dead#run-1/0\"],"
                        + "\"started\":\"2024-01-01T00:00:00Z\",\"finished\":\"2024-01-01T00:01:00Z\"}");

        assertThat(unfinished(ledger())).containsExactly("run-20240102-000000-bbbbbb");
        assertThat(ledger().lastNote(Kind.RUN, "upto")).contains("17");
        claim(ledger(), "run-2").complete();

        assertThat(unfinished(ledger())).isEmpty();
        assertThat(ledger().lastNote(Kind.RUN, "upto")).contains("17");
        assertThat(ledger().list())
                .filteredOn(entry -> entry.work().kind() == Kind.REPLAY)
                .singleElement()
                .matches(LedgerEntry::done)
                .extracting(entry -> entry.notes().get("batches"))
                .isEqualTo("orders/keep/dead#run-1/0");
        assertThat(folder.resolve("state/runs"))
                .isDirectoryContaining("glob:**/run-20240103-000000-cccccc.json")
                .isDirectoryNotContaining("glob:**/run-20240102-000000-bbbbbb.json");
        assertThat(folder.resolve("state/runs/earlier/run-20240102-000000-bbbbbb.json"))
                .exists();
    }

    private void earlier(String name, String pipegraph, String finished) throws IOException {
        Path file = folder.resolve("state/" + name + ".json");
        Files.createDirectories(file.getParent());
        String run = name.substring(name.indexOf('/') + 1);
        Files.writeString(
                file,
                "{\"run\":\"" + run + "\",\"pipegraph\":\"" + pipegraph + "\",\"slice\":\"all\",\"started\":\""
                        + run.substring(4, 8) + "-" + run.substring(8, 10) + "-" + run.substring(10, 12)
                        + "T00:00:00Z\",\"finished\":" + finished + "}");
    }

    private Path onlyFile() throws IOException {
        claim(ledger(), "run-1").complete();
        try (Stream<Path> files = Files.list(folder.resolve("state/runs"))) {
            return files.toList().get(0);
        }
    }
}
