package io.millrace.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.config.MillraceException;
import io.millrace.spi.BatchId;
import io.millrace.spi.CompactionRequest;
import io.millrace.spi.CompactionResult;
import io.millrace.spi.Counts;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(MillraceSession.class)
class CompactionIT {

    private static final OutputId OUTPUT = new OutputId("shop", "orders", "lake");

    private final SparkSession spark;
    private final Path folder;

    CompactionIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder.resolve("t");
    }

    @Test
    void manyFilesBecomeOneInEachFolder() throws IOException {
        threeBatches();
        Map<String, Row> before = byId();
        long files = dataFiles().size();
        long bytes = bytes();

        CompactionResult result = compact();

        assertThat(byId()).isEqualTo(before).hasSize(15);
        assertThat(dataFiles())
                .hasSize(3)
                .allMatch(file -> file.matches("part=p[012]/part-0000[012]-compacted-[0-9a-f]{16}\\.snappy\\.parquet"));
        assertThat(result.notes()).isEmpty();
        assertThat(result.folders())
                .extracting(CompactionResult.Folder::path)
                .containsExactly(folder + "/part=p0", folder + "/part=p1", folder + "/part=p2");
        assertThat(result.folders().stream()
                        .mapToLong(CompactionResult.Folder::filesBefore)
                        .sum())
                .isEqualTo(files);
        assertThat(result.folders().stream()
                        .mapToLong(CompactionResult.Folder::bytesBefore)
                        .sum())
                .isEqualTo(bytes);
        assertThat(result.folders())
                .extracting(CompactionResult.Folder::filesAfter)
                .containsOnly(1L);
        assertThat(result.folders().stream()
                        .mapToLong(CompactionResult.Folder::bytesAfter)
                        .sum())
                .isEqualTo(bytes());
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void whatIsCompactIsLeftAsItIs() throws IOException {
        threeBatches();
        compact();
        List<String> files = dataFiles();

        assertThat(compact()).isEqualTo(new CompactionResult(List.of(), List.of()));
        assertThat(dataFiles()).isEqualTo(files);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void whatWasCompactedIsCompactedAgainWithWhatCame() throws IOException {
        threeBatches();
        compact();
        write(target(), 3, rows(15, 20));

        assertThat(compact().folders()).hasSize(3);
        assertThat(dataFiles()).hasSize(3);
        assertThat(ids()).containsExactlyElementsOf(range(0, 20));
    }

    @Test
    void filesOfTheWantedSizeAreLeftAsTheyAre() throws IOException {
        FileTarget plain = target().partitionBy(List.of());
        for (int i = 0; i < 4; i++) {
            write(plain, i, spark.range(i, i + 1, 1, 1).toDF());
        }
        long one = Files.size(folder.resolve(dataFiles().get(0)));

        new CommittedFiles(plain).compact(spark, CompactionRequest.all().targetFileSize(one));
        assertThat(dataFiles()).hasSize(4);

        new CommittedFiles(plain).compact(spark, CompactionRequest.all().targetFileSize(5 * one / 2));
        assertThat(dataFiles()).hasSize(2);
        assertThat(ids()).containsExactlyElementsOf(range(0, 4));
    }

    @Test
    void theSizeIsTheModelsWhereNoneIsAskedFor() throws IOException {
        threeBatches();

        new CommittedFiles(target().targetFileSize(10)).compact(spark, CompactionRequest.all());

        assertThat(dataFiles()).hasSizeGreaterThan(3);
    }

    @Test
    void batchesThatAreCommittedStayKnown() throws IOException {
        threeBatches();
        compact();

        assertThat(write(target(), 2, rows(10, 15)).replayed()).isTrue();
        new CommittedFiles(target()).discard(spark, OUTPUT, "run-4");

        assertThat(new CommittedFiles(target()).lastBatches(spark, OUTPUT)).containsOnlyKeys("run-4");
        assertThat(ids()).containsExactlyElementsOf(range(0, 15));
        assertThat(write(target(), 3, rows(15, 17)).replayed()).isFalse();
        assertThat(ids()).containsExactlyElementsOf(range(0, 17));
    }

    @ParameterizedTest
    @EnumSource(CompactionStage.class)
    void aCompactionThatDiesIsCompletedOrUndoneByTheNextOne(CompactionStage stage) throws IOException {
        threeBatches();
        Map<String, Row> before = byId();

        Throwable death = dieAt(stage);
        List<Long> between = ids();
        compact();

        assertThat(death).isInstanceOf(SimulatedCrash.class);
        assertThat(between).containsAll(range(0, 15));
        assertThat(byId()).isEqualTo(before);
        assertThat(ids()).containsExactlyElementsOf(range(0, 15));
        assertThat(dataFiles()).hasSize(3);
        assertThat(leftovers()).isEmpty();
    }

    @Tag("thorough")
    @ParameterizedTest
    @EnumSource(CompactionStage.class)
    void aCompactionThatDiesIsHarmlessFromTheNextBatchOn(CompactionStage stage) {
        threeBatches();

        Throwable death = dieAt(stage);
        write(target(), 3, rows(15, 20));

        assertThat(death).isInstanceOf(SimulatedCrash.class);
        assertThat(ids()).containsExactlyElementsOf(range(0, 20));
    }

    @Tag("thorough")
    @ParameterizedTest
    @EnumSource(CompactionStage.class)
    void aBatchThatComesAgainBringsItToItsEndToo(CompactionStage stage) {
        threeBatches();

        Throwable death = dieAt(stage);

        assertThat(death).isInstanceOf(SimulatedCrash.class);
        assertThat(write(target(), 2, rows(10, 15)).replayed()).isTrue();
        assertThat(ids()).containsExactlyElementsOf(range(0, 15));
    }

    @Tag("thorough")
    @ParameterizedTest
    @EnumSource(CompactionStage.class)
    void nothingComesBackAfterAnOverwrite(CompactionStage stage) throws IOException {
        threeBatches();

        Throwable death = dieAt(stage);
        write(target().saveMode(SaveMode.Overwrite), 3, rows(20, 22));
        List<Long> overwritten = ids();
        compact();

        assertThat(death).isInstanceOf(SimulatedCrash.class);
        assertThat(overwritten).containsExactlyElementsOf(range(20, 22));
        assertThat(ids()).containsExactlyElementsOf(range(20, 22));
        assertThat(leftovers()).isEmpty();
    }

    @Tag("thorough")
    @ParameterizedTest
    @EnumSource(CompactionStage.class)
    void aBatchMayComeMeanwhile(CompactionStage stage) throws IOException {
        threeBatches();

        new CommittedFiles(target())
                .compact(spark, CompactionRequest.all(), at(stage, () -> write(target(), 3, rows(15, 20))));

        assertThat(ids()).containsExactlyElementsOf(range(0, 20));
        assertThat(leftovers()).isEmpty();
        compact();
        assertThat(dataFiles()).hasSize(3);
        assertThat(ids()).containsExactlyElementsOf(range(0, 20));
    }

    @ParameterizedTest
    @EnumSource(
            value = CompactionStage.class,
            names = {"CLAIMED", "STAGED", "PLANNED"})
    void itGivesWayToAnOverwriteThatComesMeanwhile(CompactionStage stage) throws IOException {
        threeBatches();
        FileTarget overwrite = target().saveMode(SaveMode.Overwrite);
        CommittedFiles files = new CommittedFiles(target());

        Throwable gaveWay = catchThrowable(() -> files.compact(
                spark,
                CompactionRequest.all(),
                at(stage, () -> write(overwrite, 3, rows(20, 29).repartition(2)))));

        assertThat(gaveWay).hasMessage(gaveWay());
        assertThat(ids()).containsExactlyElementsOf(range(20, 29));
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = CompactionStage.class,
            names = {"DECIDED", "MOVED", "SWAPPED"})
    void anOverwriteThatComesLaterReplacesWhatItMade(CompactionStage stage) throws IOException {
        threeBatches();
        FileTarget overwrite = target().saveMode(SaveMode.Overwrite);

        new CommittedFiles(target())
                .compact(spark, CompactionRequest.all(), at(stage, () -> write(overwrite, 3, rows(20, 29))));

        assertThat(ids()).containsExactlyElementsOf(range(20, 29));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void twoAtATimeAreOne() throws IOException {
        threeBatches();

        Throwable gaveWay = catchThrowable(() -> new CommittedFiles(target())
                .compact(spark, CompactionRequest.all(), at(CompactionStage.PLANNED, this::compactQuietly)));

        assertThat(gaveWay)
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessage(gaveWay());
        assertThat(dataFiles()).hasSize(3);
        assertThat(ids()).containsExactlyElementsOf(range(0, 15));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void anOverwriteThatIsNotThroughIsInTheWay() {
        threeBatches();
        FileTarget overwrite = target().saveMode(SaveMode.Overwrite);
        Throwable death = catchThrowable(() -> new CommittedFiles(overwrite, SimulatedCrash.at(Stage.MARKED))
                .write(batch(3), rows(20, 29), RunMode.STREAM));

        assertThat(death).isInstanceOf(SimulatedCrash.class);
        assertThatThrownBy(this::compact)
                .hasMessage("cannot compact parquet files in " + folder
                        + ": a batch that replaces its files has begun and is not through (_millrace/intents/"
                        + batch(3).key() + ".json); let it come to its end, or run it again");
        assertThat(write(overwrite, 3, rows(20, 29)).replayed()).isTrue();
        compact();
        assertThat(ids()).containsExactlyElementsOf(range(20, 29));
    }

    @Test
    void filesOfOthersAndOfBatchesThatAreNotCommittedAreLeftAsTheyAre() throws IOException {
        threeBatches();
        Throwable death = catchThrowable(() -> new CommittedFiles(target(), SimulatedCrash.at(Stage.MOVED))
                .write(batch(3), rows(15, 20), RunMode.STREAM));
        rows(100, 101)
                .drop("part")
                .write()
                .mode(SaveMode.Append)
                .parquet(folder.resolve("part=p1").toString());

        CompactionResult result = compact();

        assertThat(death).isInstanceOf(SimulatedCrash.class);
        assertThat(result.notes())
                .singleElement()
                .asString()
                .matches("\\d files are left as they are: no batch that is committed has written them");
        assertThat(ids()).hasSize(21);
        assertThat(write(target(), 3, rows(15, 20)).replayed()).isFalse();
        assertThat(ids())
                .containsExactlyElementsOf(LongStream.concat(LongStream.range(0, 20), LongStream.of(100))
                        .boxed()
                        .toList());
    }

    @Test
    void batchesWhoseMarkersArePrunedCountAsCommitted() throws IOException {
        FileTarget plain = target().partitionBy(List.of());
        for (long number : List.of(0, 50, 100, 200)) {
            write(plain, number, spark.range(number, number + 1, 1, 1).toDF());
        }
        Throwable death = catchThrowable(() -> new CommittedFiles(plain, SimulatedCrash.at(Stage.MOVED))
                .write(batch(201), spark.range(201, 202, 1, 1).toDF(), RunMode.STREAM));

        CompactionResult result = new CommittedFiles(plain).compact(spark, CompactionRequest.all());

        assertThat(death).isInstanceOf(SimulatedCrash.class);
        assertThat(result.notes())
                .containsExactly("1 file is left as it is: no batch that is committed has written them");
        assertThat(dataFiles()).hasSize(2);
        assertThat(ids()).containsExactly(0L, 50L, 100L, 200L, 201L);
    }

    @Test
    void columnsAreBroughtTogetherByName() {
        FileTarget plain = target().partitionBy(List.of());
        write(plain, 0, spark.sql("SELECT 1L AS id, 'a' AS name, named_struct('x', 1) AS at"));
        write(
                plain,
                1,
                spark.sql("SELECT named_struct('y', 2, 'x', 3) AS at, 'b' AS NAME, 2L AS id, DATE'2024-01-03' AS day"));
        write(plain, 2, spark.sql("SELECT 3L AS id, CAST(1.5 AS DECIMAL(10,2)) AS price"));

        new CommittedFiles(plain).compact(spark, CompactionRequest.all());

        assertThat(spark.read().parquet(folder.toString()).inputFiles()).hasSize(1);
        assertThat(spark.read()
                        .parquet(folder.toString())
                        .orderBy("id")
                        .selectExpr("id", "name", "at.x", "at.y", "day", "price")
                        .toJSON()
                        .collectAsList())
                .containsExactly(
                        "{\"id\":1,\"name\":\"a\",\"x\":1}",
                        "{\"id\":2,\"name\":\"b\",\"x\":3,\"y\":2,\"day\":\"2024-01-03\"}",
                        "{\"id\":3,\"price\":1.50}");
    }

    @Test
    void typesThatDoNotGoTogetherLeaveAFolderAsItIs() throws IOException {
        write(target(), 0, spark.sql("SELECT 1L AS id, 'a' AS part, 1 AS n UNION ALL SELECT 2L, 'b', 2"));
        write(target(), 1, spark.sql("SELECT 3L AS id, 'a' AS part, 'x' AS n"));
        write(target(), 2, spark.sql("SELECT 4L AS id, 'b' AS part, 3 AS n"));

        CompactionResult result = compact();

        assertThat(result.folders()).extracting(CompactionResult.Folder::path).containsExactly(folder + "/part=b");
        assertThat(result.notes())
                .containsExactly(
                        "part=a/: 2 files are left as they are: columns of one name have types that do not go together: \"INT\" and \"STRING\"");
        assertThat(dataFiles()).hasSize(3);
    }

    @Test
    void partitionsMayBeChosen() throws IOException {
        threeBatches();

        CompactionResult result = new CommittedFiles(target())
                .compact(spark, CompactionRequest.all().where("part IN ('p0', 'p2') AND part <> 'p2'"));

        assertThat(result.folders()).extracting(CompactionResult.Folder::path).containsExactly(folder + "/part=p0");
        assertThat(ids()).containsExactlyElementsOf(range(0, 15));
        assertThatThrownBy(() -> new CommittedFiles(target())
                        .compact(spark, CompactionRequest.all().where("id > 3")))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessageStartingWith("cannot compact parquet files in " + folder
                        + ": id > 3 is not about its partition columns (part): ");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void oddPartitionValuesAreNoPatterns() throws IOException {
        for (int i = 0; i < 2; i++) {
            write(
                    target(),
                    i,
                    spark.sql(
                            "SELECT * FROM VALUES (1L, 'a/b={c}*d?%'), (2L, NULL), (3L, 'zażółć gęślą') AS t(id, part)"));
        }

        compact();

        assertThat(dataFiles()).hasSize(3);
        assertThat(spark.read()
                        .parquet(folder.toString())
                        .where("part = 'a/b={c}*d?%' OR part IS NULL OR part = 'zażółć gęślą'")
                        .count())
                .isEqualTo(6);
    }

    @Test
    void aLocationThatLooksLikeAPatternIsNone() throws IOException {
        FileTarget odd = FileTarget.append(folder.resolve("a{b}[c]*?\\d").toString(), "parquet");
        write(odd, 0, rows(0, 5));
        write(odd, 1, rows(5, 10));

        assertThat(new CommittedFiles(odd)
                        .compact(spark, CompactionRequest.all())
                        .folders())
                .singleElement()
                .satisfies(only -> assertThat(only.filesAfter()).isEqualTo(1));
        try (Stream<Path> files = Files.list(folder.resolve("a{b}[c]*?\\d"))) {
            Path file = files.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            assertThat(spark.read()
                            .parquet(Files.copy(file, folder.resolve("copy.parquet"))
                                    .toString())
                            .count())
                    .isEqualTo(10);
        }
    }

    @Test
    void otherFormatsAreLeftAsTheyAre() {
        FileTarget json = FileTarget.append(folder.toString(), "json");

        assertThat(new CommittedFiles(json).compact(spark, CompactionRequest.all()))
                .isEqualTo(CompactionResult.nothing(
                        "json files in " + folder + ": only parquet files are compacted, and Delta tables"));
    }

    @Test
    void aFolderThatIsNotThereHasNothingToCompact() {
        assertThat(compact()).isEqualTo(new CompactionResult(List.of(), List.of()));
        assertThat(folder.resolve("part=p0")).doesNotExist();
    }

    @Test
    void whatFailsBeforeTheDecisionIsUndoneAndAfterItIsCompletedLater() throws IOException {
        threeBatches();
        List<String> before = dataFiles();
        CommittedFiles files = new CommittedFiles(target());

        assertThatThrownBy(() ->
                        files.compact(spark, CompactionRequest.all(), at(CompactionStage.PLANNED, CompactionIT::fail)))
                .hasMessage("cannot compact parquet files in " + folder + ": IllegalStateException: failed");
        assertThat(dataFiles()).isEqualTo(before);
        assertThat(leftovers()).isEmpty();

        assertThatThrownBy(() ->
                        files.compact(spark, CompactionRequest.all(), at(CompactionStage.DECIDED, CompactionIT::fail)))
                .hasMessage(
                        "cannot compact parquet files in " + folder
                                + ": IllegalStateException: failed; the next compaction, or the next batch, brings it to its end");
        assertThat(write(target(), 3, rows(15, 16)).counts()).isEqualTo(Counts.committed(1));
        assertThat(ids()).containsExactlyElementsOf(range(0, 16));
        assertThat(leftovers()).isEmpty();
    }

    private static void fail() {
        throw new IllegalStateException("failed");
    }

    private String gaveWay() {
        return "cannot compact parquet files in " + folder
                + ": meanwhile somebody else has replaced its files, or compacts them; nothing was changed";
    }

    private Throwable dieAt(CompactionStage stage) {
        return catchThrowable(
                () -> new CommittedFiles(target()).compact(spark, CompactionRequest.all(), at(stage, () -> {
                    throw new SimulatedCrash(Stage.STAGED);
                })));
    }

    /** Does something when a point is reached for the first time. */
    private static CompactionStage.Listener at(CompactionStage wanted, Runnable work) {
        return new CompactionStage.Listener() {
            private boolean done;

            @Override
            public void reached(CompactionStage stage) {
                if (stage == wanted && !done) {
                    done = true;
                    work.run();
                }
            }
        };
    }

    private CompactionResult compact() {
        return new CommittedFiles(target()).compact(spark, CompactionRequest.all());
    }

    private void compactQuietly() {
        assertThat(compact().folders()).hasSize(3);
    }

    private void threeBatches() {
        for (int i = 0; i < 3; i++) {
            write(target(), i, rows(5L * i, 5L * i + 5));
        }
    }

    private FileTarget target() {
        return FileTarget.append(folder.toString(), "parquet").partitionBy(List.of("part"));
    }

    private static BatchId batch(long number) {
        return new BatchId(OUTPUT, "run-4", number);
    }

    private Dataset<Row> rows(long from, long to) {
        return spark.range(from, to, 1, 1)
                .selectExpr("id", "concat('row ', id) AS text", "concat('p', id % 3) AS part");
    }

    private FileCommit.Stored write(FileTarget target, long number, Dataset<Row> rows) {
        return (FileCommit.Stored) new CommittedFiles(target).write(batch(number), rows, RunMode.STREAM);
    }

    private Map<String, Row> byId() {
        Map<String, Row> rows = new TreeMap<>();
        spark.read()
                .parquet(folder.toString())
                .select("id", "text", "part")
                .collectAsList()
                .forEach(row -> rows.put(row.get(0).toString(), row));
        return rows;
    }

    private List<Long> ids() {
        return spark.read().parquet(folder.toString()).select("id").collectAsList().stream()
                .map(row -> row.getLong(0))
                .sorted()
                .toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (String file : dataFiles()) {
            bytes += Files.size(folder.resolve(file));
        }
        return bytes;
    }

    private List<String> dataFiles() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .filter(path -> !path.startsWith("_millrace") && path.endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    /** What is neither data nor a marker. */
    private List<String> leftovers() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("_millrace"))) {
            return all.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .filter(path -> !path.startsWith("_millrace/commits/"))
                    .toList();
        }
    }
}
