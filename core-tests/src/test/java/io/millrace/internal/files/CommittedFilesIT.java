package io.millrace.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.config.MillraceException;
import io.millrace.spi.BatchId;
import io.millrace.spi.CommitOutcome;
import io.millrace.spi.Counts;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(MillraceSession.class)
class CommittedFilesIT {

    private static final OutputId OUTPUT = new OutputId("shop", "orders", "lake");

    private final SparkSession spark;

    private final Path folder;

    CommittedFilesIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    @Test
    void aBatchIsAFewFilesAndAMarker() throws IOException {
        FileCommit.Stored stored = stored(append(), batch(7), rows(0, 10));

        assertThat(stored.replayed()).isFalse();
        assertThat(stored.counts()).isEqualTo(Counts.committed(10));
        assertThat(stored.files())
                .extracting(WrittenFile::path)
                .allMatch(path -> path.matches("part-0000[01]-" + batch(7).key() + "\\.snappy\\.parquet"));
        assertThat(stored.warnings()).isEmpty();
        assertThat(stored.marker()).matches("_millrace/commits/[0-9a-f]{16}/run-4\\.7\\.json");
        assertThat(stored.outcome())
                .isEqualTo(new CommitOutcome.Committed(
                        stored.marker(),
                        Counts.committed(10),
                        Map.of("files", 2, "bytes", bytesOf(stored.files())),
                        List.of()));
        assertThat(dataFiles())
                .containsExactlyElementsOf(
                        stored.files().stream().map(WrittenFile::path).toList());
        assertThat(leftovers()).isEmpty();
        assertThat(ids()).containsExactlyElementsOf(range(0, 10));
    }

    @Test
    void aReplayedBatchIsSkipped() {
        FileCommit.Stored first = stored(append(), batch(7), rows(0, 10));
        FileCommit.Stored again = stored(append(), batch(7), rows(0, 10));

        assertThat(again.replayed()).isTrue();
        assertThat(again.files()).isEqualTo(first.files());
        assertThat(again.counts()).isEqualTo(first.counts());
        assertThat(again.outcome()).isEqualTo(new CommitOutcome.AlreadyCommitted(first.marker()));
        assertThat(ids()).containsExactlyElementsOf(range(0, 10));
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void aProcessThatDiesAtAnyPointOfAnAppendLeavesEachRowOnce(Stage stage) throws IOException {
        stored(partitioned(), batch(6), rows(0, 5));

        Throwable death = catchThrowable(() -> new CommittedFiles(partitioned(), SimulatedCrash.at(stage))
                .write(batch(7), rows(5, 12), RunMode.STREAM));
        FileCommit.Stored second = stored(partitioned(), batch(7), rows(5, 12));

        assertThat(death).isInstanceOf(SimulatedCrash.class);
        assertThat(second.counts()).isEqualTo(Counts.committed(7));
        assertThat(second.replayed()).isEqualTo(stage.compareTo(Stage.MARKED) >= 0);
        assertThat(ids()).containsExactlyElementsOf(range(0, 12));
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void whatADeadRunLeftCanBeDiscarded(Stage stage) throws IOException {
        BatchId other = new BatchId(OUTPUT, "run-41", 7);
        stored(partitioned(), batch(6), rows(0, 5));
        Throwable death = catchThrowable(() -> new CommittedFiles(partitioned(), SimulatedCrash.at(stage))
                .write(batch(7), rows(5, 12), RunMode.BATCH));
        Throwable alive = catchThrowable(() -> new CommittedFiles(partitioned(), SimulatedCrash.at(Stage.MOVED))
                .write(other, rows(12, 15), RunMode.BATCH));

        new CommittedFiles(partitioned()).discard(spark, OUTPUT, batch(7).request());

        boolean committed = stage.compareTo(Stage.MARKED) >= 0;
        assertThat(death).isInstanceOf(SimulatedCrash.class);
        assertThat(alive).isInstanceOf(SimulatedCrash.class);
        assertThat(ids()).containsExactlyElementsOf(committed ? range(0, 15) : concat(range(0, 5), range(12, 15)));
        assertThat(stored(partitioned(), other, rows(12, 15)).replayed()).isFalse();
        assertThat(stored(partitioned(), batch(7), rows(5, 12)).replayed()).isEqualTo(committed);
        assertThat(ids()).containsExactlyElementsOf(range(0, 15));
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void aProcessThatDiesAtAnyPointOfAnOverwriteLosesNothingAndEndsWithTheNewRows(Stage stage) throws IOException {
        stored(partitioned(), batch(6), rows(0, 5));
        FileTarget overwrite = partitioned().saveMode(SaveMode.Overwrite);

        Throwable death = catchThrowable(() ->
                new CommittedFiles(overwrite, SimulatedCrash.at(stage)).write(batch(7), rows(5, 12), RunMode.STREAM));
        List<Long> between = ids();
        stored(overwrite, batch(7), rows(5, 12));

        assertThat(death).isInstanceOf(SimulatedCrash.class);
        assertThat(between).containsAnyElementsOf(range(0, 12));
        if (stage.compareTo(Stage.REPLACED) < 0) {
            assertThat(between).containsAll(range(0, 5));
        }
        assertThat(ids()).containsExactlyElementsOf(range(5, 12));
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"STAGED", "INTENDED", "FIRST_MOVED", "MOVED"})
    void anAttemptThatFailsBeforeTheMarkerIsRejectedAndLeavesNothing(Stage stage) throws IOException {
        FileCommit failed = new CommittedFiles(partitioned(), SimulatedFailure.at(stage))
                .write(batch(7), rows(0, 5), RunMode.STREAM);

        assertThat(failed).isInstanceOfSatisfying(FileCommit.Failed.class, f -> assertThat(f.outcome())
                .isInstanceOfSatisfying(CommitOutcome.Rejected.class, rejected -> assertThat(rejected.reason())
                        .hasMessage("cannot write parquet files in " + folder.resolve("t")
                                + ": IllegalStateException: failed at " + stage)));
        assertThat(dataFiles()).isEmpty();
        assertThat(leftovers()).isEmpty();
        assertThat(stored(partitioned(), batch(7), rows(0, 5)).replayed()).isFalse();
        assertThat(ids()).containsExactlyElementsOf(range(0, 5));
    }

    @Test
    void whatFailsAfterTheMarkerIsAWarning() {
        FileCommit stored = new CommittedFiles(append(), SimulatedFailure.at(Stage.MARKED))
                .write(batch(7), rows(0, 5), RunMode.STREAM);

        assertThat(stored).isInstanceOfSatisfying(FileCommit.Stored.class, s -> assertThat(s.warnings())
                .containsExactly("the batch is committed, but not everything could be tidied up in "
                        + folder.resolve("t") + ": failed at MARKED"));
        assertThat(ids()).containsExactlyElementsOf(range(0, 5));
    }

    @Test
    void aRowThatFailsRejectsTheBatch() throws IOException {
        Dataset<Row> bad = rows(0, 10).coalesce(1).selectExpr("IF(id = 9, raise_error('nine'), id) AS id", "part");
        FileCommit failed = new CommittedFiles(append()).write(batch(7), bad, RunMode.BATCH);

        assertThat(failed).isInstanceOfSatisfying(FileCommit.Failed.class, f -> assertThat(f.outcome())
                .isInstanceOfSatisfying(CommitOutcome.Rejected.class, rejected -> {
                    assertThat(rejected.reason().kind()).isEqualTo(MillraceException.Kind.USER);
                    assertThat(rejected.reason())
                            .hasMessage("cannot write parquet files in " + folder.resolve("t")
                                    + ": [USER_RAISED_EXCEPTION] nine SQLSTATE: P0001");
                }));
        assertThat(dataFiles()).isEmpty();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void differentBatchesAppendAndFilesOfOthersStay() {
        stored(append(), batch(0), rows(0, 3));
        stored(append(), batch(1), rows(3, 4));
        rows(4, 6).write().mode("append").parquet(folder.resolve("t").toString());
        stored(append(), new BatchId(OUTPUT, "run-5", 1), rows(6, 7));

        assertThat(ids()).containsExactlyElementsOf(range(0, 7));
    }

    @Test
    void requestsOfAnOutputAreListedWhateverTheirNames() {
        String odd = "2024-01-03T00:00:00.000Z/a_b";
        stored(append(), batch(0), rows(0, 1));
        stored(append(), batch(1), rows(0, 1));
        stored(append(), new BatchId(OUTPUT, odd, 0), rows(0, 1));
        stored(append(), new BatchId(new OutputId("shop", "orders", "other"), "run-9", 0), rows(0, 1));

        assertThat(new CommittedFiles(append()).lastBatches(spark, OUTPUT)).containsOnlyKeys("run-4", odd);
        assertThat(new CommittedFiles(FileTarget.append(folder.resolve("none").toString(), "parquet"))
                        .lastBatches(spark, OUTPUT))
                .isEmpty();
    }

    @Test
    void aStreamKeepsItsLastHundredMarkersAndBatchRunsAllOfThem() {
        CommittedFiles files = new CommittedFiles(append());
        for (long number : List.of(0L, 1L, 99L, 100L, 101L)) {
            files.write(batch(number), rows(0, 1), RunMode.BATCH);
        }
        files.write(new BatchId(OUTPUT, "run-40", 1), rows(0, 1), RunMode.STREAM);
        assertThat(markers()).hasSize(6);

        files.write(batch(200), rows(0, 1), RunMode.STREAM);

        assertThat(markers()).containsExactly("run-4.101.json", "run-4.200.json", "run-40.1.json");
    }

    @Test
    void anEmptyBatchLeavesNoFile() throws IOException {
        FileCommit.Stored stored = stored(append(), batch(0), rows(0, 0));
        FileCommit.Stored local = stored(append(), batch(0), spark.sql("SELECT 1L AS id, 'a' AS part WHERE false"));

        assertThat(stored).isEqualTo(new FileCommit.Stored("", false, Counts.NONE, List.of(), List.of()));
        assertThat(local).isEqualTo(stored);
        assertThat(dataFiles()).isEmpty();
        assertThat(leftovers()).isEmpty();
        assertThat(markers()).isEmpty();
    }

    @Test
    void overwritingWithNoRowsEmptiesTheFolder() {
        FileTarget overwrite = append().saveMode(SaveMode.Overwrite);
        stored(append(), batch(0), rows(0, 3));

        FileCommit.Stored stored = stored(overwrite, batch(1), rows(0, 0));

        assertThat(stored.counts()).isEqualTo(Counts.NONE);
        assertThat(ids()).isEmpty();
        assertThat(stored(overwrite, batch(1), rows(0, 3)).replayed()).isTrue();
    }

    @Test
    void overwriteDeletesFilesOfOthersAndEmptyPartitions() throws IOException {
        stored(partitioned(), batch(0), rows(0, 4));
        stored(partitioned().saveMode(SaveMode.Overwrite), batch(1), rows(1, 2));

        assertThat(ids()).containsExactly(1L);
        try (Stream<Path> content = Files.list(folder.resolve("t"))) {
            assertThat(content.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("_millrace", "part=p1");
        }
    }

    @Test
    void errorIfExistsRefusesAndIgnoreLeavesOut() {
        FileTarget errorIfExists = append().saveMode(SaveMode.ErrorIfExists);
        FileTarget ignore = append().saveMode(SaveMode.Ignore);
        stored(errorIfExists, batch(0), rows(0, 3));

        assertThat(stored(errorIfExists, batch(0), rows(0, 3)).replayed()).isTrue();
        assertThat(rejected(new CommittedFiles(errorIfExists).write(batch(1), rows(0, 3), RunMode.BATCH)))
                .hasMessage(folder.resolve("t") + " holds files already, and the save mode is errorIfExists");
        assertThat(stored(ignore, batch(1), rows(0, 4)))
                .isEqualTo(new FileCommit.Stored("", false, new Counts(0, 4, 0, 0, 0), List.of(), List.of()));
        assertThat(ids()).containsExactlyElementsOf(range(0, 3));
    }

    @Test
    void anErrorIfExistsBatchThatDiedHalfwayIsNotInItsOwnWay() {
        FileTarget errorIfExists = append().saveMode(SaveMode.ErrorIfExists);
        Throwable death = catchThrowable(() -> new CommittedFiles(errorIfExists, SimulatedCrash.at(Stage.MOVED))
                .write(batch(0), rows(0, 3), RunMode.BATCH));

        stored(errorIfExists, batch(0), rows(0, 3));

        assertThat(death).isInstanceOf(SimulatedCrash.class);
        assertThat(ids()).containsExactlyElementsOf(range(0, 3));
    }

    @Test
    void partitionValuesAreKnownEvenTheOddOnes() {
        Dataset<Row> rows =
                spark.sql("SELECT * FROM VALUES (1L, 'a/b=c:d'), (2L, NULL), (3L, 'zażółć') AS t(id, part)");
        FileCommit.Stored stored = stored(partitioned(), batch(0), rows);

        assertThat(stored.files())
                .extracting(WrittenFile::partition)
                .containsExactlyInAnyOrder(
                        Map.of("part", "a/b=c:d"), Collections.singletonMap("part", null), Map.of("part", "zażółć"));
        assertThat(read(partitioned())
                        .where("part = 'a/b=c:d' OR part IS NULL OR part = 'zażółć'")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void partitionColumnsMustBeThere() {
        FileTarget target = append().partitionBy(List.of("PART", "day", "hour"));

        assertThat(rejected(new CommittedFiles(target).write(batch(0), rows(0, 1), RunMode.BATCH)))
                .hasMessage("cannot write parquet files in " + folder.resolve("t")
                        + ": the rows have no column day, hour to partition by; their columns: id, part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "avro", "parquet", "orc"})
    void everyFormatIsWrittenAndCounted(String format) {
        FileTarget target = FileTarget.append(folder.resolve("t").toString(), format)
                .options(format.equals("csv") ? Map.of("header", "true") : Map.of());

        FileCommit.Stored stored = stored(target, batch(0), rows(0, 10));

        assertThat(stored.counts()).isEqualTo(Counts.committed(10));
        assertThat(stored.files()).extracting(WrittenFile::path).allMatch(path -> path.endsWith("." + format));
        assertThat(read(target).count()).isEqualTo(10);
    }

    @Test
    void manyFilesAreMovedAndReplacedToo() {
        FileTarget target = append().partitionBy(List.of("id"));
        stored(target, batch(0), rows(0, 60));
        stored(target.saveMode(SaveMode.Overwrite), batch(1), rows(30, 90));

        assertThat(ids()).containsExactlyElementsOf(range(30, 90));
    }

    @Test
    void aDeltaTableIsNotWrittenInto() {
        rows(0, 1).write().format("delta").save(folder.resolve("t").toString());

        assertThat(rejected(new CommittedFiles(append()).write(batch(0), rows(0, 1), RunMode.BATCH)))
                .hasMessage(folder.resolve("t") + " is a Delta table: plain files written into it would not be part of"
                        + " it; use format delta");
    }

    @Test
    void aFolderThatCannotBeIsNamed() throws IOException {
        Files.writeString(folder.resolve("t"), "a file");

        FileCommit commit = new CommittedFiles(append()).write(batch(0), rows(0, 1), RunMode.BATCH);

        assertThat(commit).isInstanceOfSatisfying(FileCommit.Failed.class, failed -> assertThat(failed.outcome())
                .isInstanceOfSatisfying(CommitOutcome.Rejected.class, rejected -> {
                    assertThat(rejected.reason().kind()).isEqualTo(MillraceException.Kind.EXTERNAL);
                    assertThat(rejected.reason())
                            .hasMessage("cannot write parquet files in " + folder.resolve("t")
                                    + ": ParentNotDirectoryException: Parent path is not a directory: file:"
                                    + folder.resolve("t"));
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Permission denied"})
    void aTargetThatTakesNoFilesRejectsAndSaysWhy(String reason) throws IOException {
        FileCommit commit = new CommittedFiles(faulty(Map.of("fs.faulty.create", reason)))
                .write(batch(0), rows(0, 3), RunMode.BATCH);

        assertThat(commit).isInstanceOfSatisfying(FileCommit.Failed.class, failed -> assertThat(failed.outcome())
                .isInstanceOfSatisfying(CommitOutcome.Rejected.class, rejected -> {
                    assertThat(rejected.reason().kind()).isEqualTo(MillraceException.Kind.EXTERNAL);
                    assertThat(rejected.reason())
                            .hasMessage("cannot write parquet files in faulty:" + folder.resolve("t")
                                    + ": IOException: " + reason);
                }));
        assertThat(dataFiles()).isEmpty();
    }

    @Test
    void aMarkerWhoseAnswerWasLostCounts() {
        FileCommit commit = new CommittedFiles(faulty(Map.of("fs.faulty.lost", "commits/")))
                .write(batch(0), rows(0, 3), RunMode.BATCH);

        assertThat(commit).isInstanceOfSatisfying(FileCommit.Stored.class, stored -> assertThat(stored.counts())
                .isEqualTo(Counts.committed(3)));
        assertThat(ids()).containsExactlyElementsOf(range(0, 3));
    }

    @Test
    void aMarkerThatCannotBeWrittenRejects() throws IOException {
        FileCommit commit = new CommittedFiles(faulty(Map.of("fs.faulty.rename", "commits/")))
                .write(batch(0), rows(0, 3), RunMode.BATCH);

        assertThat(commit).isInstanceOfSatisfying(FileCommit.Failed.class, failed -> assertThat(failed.outcome())
                .isInstanceOfSatisfying(CommitOutcome.Rejected.class, rejected -> assertThat(rejected.reason())
                        .hasMessage("cannot write parquet files in faulty:" + folder.resolve("t")
                                + ": IOException: no rename here")));
        assertThat(dataFiles()).isEmpty();
    }

    @Test
    void aMarkerThatCannotBeWrittenNorReadIsUnknownAndNothingIsDeleted() throws IOException {
        FileCommit commit = new CommittedFiles(
                        faulty(Map.of("fs.faulty.lost", "commits/", "fs.faulty.open", "commits/")))
                .write(batch(0), rows(0, 3), RunMode.BATCH);

        assertThat(commit).isInstanceOfSatisfying(FileCommit.Failed.class, failed -> assertThat(failed.outcome())
                .isInstanceOfSatisfying(CommitOutcome.Unknown.class, unknown -> assertThat(unknown.reason())
                        .hasMessage("cannot write parquet files in faulty:" + folder.resolve("t")
                                + ": IOException: no lost here; whether the batch is committed is unknown")));
        assertThat(dataFiles()).hasSize(2);
        assertThat(stored(append(), batch(0), rows(0, 3)).replayed()).isTrue();
        assertThat(ids()).containsExactlyElementsOf(range(0, 3));
    }

    @Test
    void filesThatCannotBeRemovedAgainAreUnknownAndTheNextAttemptRemovesThem() throws IOException {
        FileCommit commit = new CommittedFiles(
                        faulty(Map.of("fs.faulty.rename", "t/part-00001", "fs.faulty.delete", "t/part-")))
                .write(batch(0), rows(0, 3), RunMode.BATCH);

        assertThat(commit).isInstanceOfSatisfying(FileCommit.Failed.class, failed -> assertThat(failed.outcome())
                .isInstanceOfSatisfying(CommitOutcome.Unknown.class, unknown -> assertThat(unknown.reason())
                        .hasMessage("cannot write parquet files in faulty:" + folder.resolve("t")
                                + ": IOException: no rename here; what was written could not be removed (no delete"
                                + " here): the same batch, written again, removes it")));
        assertThat(dataFiles()).hasSize(1);
        assertThat(stored(append(), batch(0), rows(0, 3)).replayed()).isFalse();
        assertThat(ids()).containsExactlyElementsOf(range(0, 3));
    }

    @Test
    void aBatchThatIsInterruptedIsTidiedUpAndTheInterruptStays() throws IOException {
        Stage.Listener interrupting = stage -> {
            if (stage == Stage.FIRST_MOVED) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stop");
            }
        };
        FileCommit commit = new CommittedFiles(append(), interrupting).write(batch(0), rows(0, 3), RunMode.BATCH);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(commit).isInstanceOfSatisfying(FileCommit.Failed.class, failed -> assertThat(failed.outcome())
                .isInstanceOf(CommitOutcome.Rejected.class));
        assertThat(dataFiles()).isEmpty();
        assertThat(leftovers()).isEmpty();
    }

    private static MillraceException rejected(FileCommit commit) {
        assertThat(commit).isInstanceOf(FileCommit.Failed.class);
        CommitOutcome outcome = ((FileCommit.Failed) commit).outcome();
        assertThat(outcome).isInstanceOf(CommitOutcome.Rejected.class);
        return ((CommitOutcome.Rejected) outcome).reason();
    }

    @Test
    void whereTheMarkerCannotBeReadNothingIsWritten() {
        stored(append(), batch(0), rows(0, 3));

        FileCommit commit = new CommittedFiles(faulty(Map.of("fs.faulty.open", "commits/")))
                .write(batch(0), rows(0, 3), RunMode.BATCH);

        assertThat(commit)
                .isInstanceOfSatisfying(FileCommit.Unreachable.class, unreachable -> assertThat(unreachable.reason())
                        .hasMessage("cannot write parquet files in faulty:" + folder.resolve("t")
                                + ": IOException: no open here"));
        assertThat(commit.outcome()).isInstanceOf(CommitOutcome.Rejected.class);
        assertThat(ids()).containsExactlyElementsOf(range(0, 3));
    }

    private FileTarget append() {
        return FileTarget.append(folder.resolve("t").toString(), "parquet");
    }

    private FileTarget partitioned() {
        return append().partitionBy(List.of("part"));
    }

    private FileTarget faulty(Map<String, String> faults) {
        Map<String, String> storage = new java.util.HashMap<>(faults);
        storage.put("fs.faulty.impl", FaultyFileSystem.class.getName());
        storage.put("fs.faulty.impl.disable.cache", "true");
        return FileTarget.append("faulty:" + folder.resolve("t"), "parquet").storage(storage);
    }

    private static FileCommit.Stored stored(FileTarget target, BatchId batch, Dataset<Row> rows) {
        FileCommit commit = new CommittedFiles(target).write(batch, rows, RunMode.STREAM);
        assertThat(commit).isInstanceOf(FileCommit.Stored.class);
        return (FileCommit.Stored) commit;
    }

    private static BatchId batch(long number) {
        return new BatchId(OUTPUT, "run-4", number);
    }

    /** In two tasks, with a text column of three values. */
    private Dataset<Row> rows(long from, long to) {
        return spark.range(from, to, 1, 2).selectExpr("id", "concat('p', id % 3) AS part");
    }

    private Dataset<Row> read(FileTarget target) {
        return spark.read()
                .format(target.format())
                .options(target.options())
                .schema("id BIGINT, part STRING")
                .load(target.location());
    }

    private List<Long> ids() {
        return read(append()).collectAsList().stream()
                .map(row -> row.getLong(row.fieldIndex("id")))
                .sorted()
                .toList();
    }

    private static List<Long> range(long from, long to) {
        return Stream.iterate(from, i -> i < to, i -> i + 1).toList();
    }

    private static long bytesOf(List<WrittenFile> files) {
        return files.stream().mapToLong(WrittenFile::bytes).sum();
    }

    private List<String> dataFiles() throws IOException {
        return under(folder.resolve("t")).stream()
                .filter(path -> !path.startsWith("_millrace"))
                .toList();
    }

    /** Files an attempt should not leave: staged ones, intents, temporary ones. */
    private List<String> leftovers() throws IOException {
        return under(folder.resolve("t")).stream()
                .filter(path -> path.startsWith("_millrace") && !path.startsWith("_millrace/commits/"))
                .toList();
    }

    private List<String> markers() {
        try {
            return under(folder.resolve("t/_millrace/commits")).stream()
                    .map(path -> path.substring(path.indexOf('/') + 1))
                    .toList();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static List<String> under(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .filter(path -> !path.endsWith(".crc"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Long> concat(List<Long> some, List<Long> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
