package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CommitOutcome.AlreadyCommitted;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Partitions of Parquet tables in the session's catalog. */
@ExtendWith(MillraceSession.class)
class PartitionsIT {

    private final SparkSession session;
    private final Lake lake;

    PartitionsIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.lake = Lake.events(
                session,
                folder,
                "Parquet",
                "id BIGINT, day DATE NOT NULL, `the city` STRING, n INT",
                "day, the city, n");
    }

    @Test
    void registersThePartitionsThatWereWrittenWhateverTheirValues() {
        Dataset<Row> rows = session.sql(
                """
                SELECT * FROM VALUES
                  (1L, DATE'2024-01-03', concat("it's \\\\ a/b=c:$", "{spark.app.id} 100%"), 7),
                  (2L, DATE'2024-01-03', NULL, NULL),
                  (3L, DATE'2024-01-04', '007', 8),
                  (4L, DATE'2024-01-04', '007', 8)
                AS rows(id, day, `the city`, n)""");

        Lake.write(lake.sink("append"), "one", rows);

        assertThat(partitions())
                .containsExactly(
                        "day=2024-01-03/the city=__HIVE_DEFAULT_PARTITION__/n=__HIVE_DEFAULT_PARTITION__",
                        "day=2024-01-03/the city=it%27s %5C a%2Fb%3Dc%3A$%7Bspark.app.id} 100%25/n=7",
                        "day=2024-01-04/the city=007/n=8");
        assertThat(Lake.json(table())).isEqualTo(Lake.json(rows));
        assertThat(table().where("day = DATE'2024-01-04' AND `the city` = '007'")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void registersPartitionsOfABatchThatComesAgain() {
        Lake.write(lake.sink("append"), "one", rows("2024-01-03"));
        session.sql("ALTER TABLE " + name() + " DROP PARTITION (day = '2024-01-03', `the city` = 'x', n = 1)");
        assertThat(table().count()).isZero();

        assertThat(Lake.write(lake.sink("append"), "one", rows("2024-01-03"))).isInstanceOf(AlreadyCommitted.class);

        assertThat(table().count()).isEqualTo(1);
    }

    @Test
    void aTableThatWasReadIsEmptyAfterNothingReplacedItsRows() {
        Lake.write(lake.sink("append"), "one", rows("2024-01-03"));
        assertThat(table().count()).isEqualTo(1);

        Lake.write(lake.sink("overwrite"), "two", rows("2024-01-03").limit(0));

        assertThat(table().count()).isZero();
    }

    @Test
    void leavesPartitionsOfOthersAlone() {
        Lake.write(lake.sink("append"), "one", rows("2024-01-03"));
        rows("2024-01-04")
                .write()
                .partitionBy("day", "the city", "n")
                .mode("append")
                .parquet(lake.folder().resolve("events").toString());

        Lake.write(lake.sink("append"), "two", rows("2024-01-05"));

        assertThat(partitions()).containsExactly("day=2024-01-03/the city=x/n=1", "day=2024-01-05/the city=x/n=1");
    }

    @Test
    void findsThePartitionsThatLieThereWhenItMakesTheTable() {
        Lake.write(lake.sink("append"), "one", rows("2024-01-03"));
        session.sql("DROP TABLE " + name());

        Committed second = (Committed) Lake.write(lake.sink("append"), "two", rows("2024-01-04"));

        assertThat(second.counts().committed()).isEqualTo(1);
        assertThat(partitions()).containsExactly("day=2024-01-03/the city=x/n=1", "day=2024-01-04/the city=x/n=1");
        assertThat(table().count()).isEqualTo(2);
    }

    private Dataset<Row> rows(String day) {
        return session.sql("SELECT 1L AS id, DATE'" + day + "' AS day, 'x' AS `the city`, 1 AS n");
    }

    private Dataset<Row> table() {
        return session.table(name());
    }

    private String name() {
        return lake.database() + ".events";
    }

    private List<String> partitions() {
        return session.sql("SHOW PARTITIONS " + name()).as(Encoders.STRING()).collectAsList().stream()
                .sorted()
                .toList();
    }
}
