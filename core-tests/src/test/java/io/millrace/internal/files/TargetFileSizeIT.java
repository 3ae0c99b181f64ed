package io.millrace.internal.files;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.BatchId;
import io.millrace.spi.Counts;
import io.millrace.spi.OutputId;
import io.millrace.spi.RunMode;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class TargetFileSizeIT {

    private static final long LARGE = 128L << 20;

    private final SparkSession spark;
    private final Path folder;

    TargetFileSizeIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    @Test
    void withoutItEachTaskWritesItsOwnFiles() {
        assertThat(filesByDay(target(), days(12, 5))).hasSize(5).containsValue(12L);
    }

    @Test
    void manyTasksAndDaysBecomeAFileForEachDay() {
        FileTarget target = target().targetFileSize(LARGE);

        assertThat(filesByDay(target, days(12, 5))).isEqualTo(Map.of("0", 1L, "1", 1L, "2", 1L, "3", 1L, "4", 1L));
        assertThat(spark.read()
                        .parquet(folder.resolve("t-" + LARGE).toString())
                        .select("id")
                        .distinct()
                        .count())
                .isEqualTo(1200);
    }

    @Test
    void withoutPartitionsTheFilesFollowTheVolume() {
        FileTarget target = target().partitionBy(List.of());

        assertThat(write(target.targetFileSize(LARGE), large(8)).files()).hasSize(1);
        assertThat(write(target.targetFileSize(500_000), large(8)).files()).hasSizeBetween(2, 8);
    }

    @Test
    void aDayThatIsLargerIsSeveralFiles() {
        FileTarget target = target().targetFileSize(300_000);
        Dataset<Row> rows = large(8).withColumn(
                        "day", when(col("id").mod(50).equalTo(0), "small").otherwise("large"));

        Map<String, Long> files = filesByDay(target, rows);

        assertThat(files).containsEntry("small", 1L);
        assertThat(files.get("large")).isBetween(3L, 8L);
    }

    @Test
    void partitionColumnsMayBeWrittenInAnyCase() {
        assertThat(filesByDay(target().partitionBy(List.of("DAY")).targetFileSize(LARGE), days(6, 2)))
                .isEqualTo(Map.of("0", 1L, "1", 1L));
    }

    @Test
    void theSessionKeepsItsSettings() {
        Map<String, String> before = new TreeMap<>(
                scala.jdk.javaapi.CollectionConverters.asJava(spark.conf().getAll()));

        write(target().targetFileSize(1_000), days(4, 2));

        assertThat(new TreeMap<>(scala.jdk.javaapi.CollectionConverters.asJava(
                        spark.conf().getAll())))
                .isEqualTo(before);
    }

    @Test
    void aSessionWithoutAdaptiveExecutionHasItForTheWrite() {
        SparkSession plain = spark.newSession();
        plain.conf().set("spark.sql.adaptive.enabled", false);

        FileCommit.Stored stored = (FileCommit.Stored)
                new CommittedFiles(target().partitionBy(List.of()).targetFileSize(LARGE))
                        .write(batch(), plain.range(0, 100, 1, 6).toDF(), RunMode.BATCH);

        assertThat(stored.files()).hasSize(1);
        assertThat(stored.counts()).isEqualTo(Counts.committed(100));
    }

    private FileTarget target() {
        return FileTarget.append(folder.resolve("t").toString(), "parquet").partitionBy(List.of("day"));
    }

    private static BatchId batch() {
        return new BatchId(new OutputId("shop", "orders", "lake"), "run-4", 0);
    }

    private Dataset<Row> days(int tasks, int days) {
        return spark.range(0, tasks * 100L, 1, tasks)
                .toDF()
                .withColumn("day", col("id").mod(days));
    }

    /** About a million bytes that cannot be compressed. */
    private Dataset<Row> large(int tasks) {
        return spark.range(0, 20_000, 1, tasks).toDF().withColumn("noise", expr("unhex(sha2(string(id), 512))"));
    }

    private Map<String, Long> filesByDay(FileTarget target, Dataset<Row> rows) {
        Map<String, Long> byDay = new TreeMap<>();
        write(target, rows)
                .files()
                .forEach(file ->
                        byDay.merge(file.partition().values().toString().replaceAll("[\\[\\]]", ""), 1L, Long::sum));
        return byDay;
    }

    private FileCommit.Stored write(FileTarget target, Dataset<Row> rows) {
        FileTarget own = new FileTarget(
                folder.resolve("t-" + target.targetFileSize()).toString(),
                target.format(),
                target.options(),
                target.partitionBy(),
                target.saveMode(),
                target.sameFoldersOnly(),
                target.storage(),
                target.targetFileSize());
        FileCommit.Stored stored = (FileCommit.Stored) new CommittedFiles(own).write(batch(), rows, RunMode.BATCH);
        assertThat(stored.counts()).isEqualTo(Counts.committed(rows.count()));
        return stored;
    }
}
