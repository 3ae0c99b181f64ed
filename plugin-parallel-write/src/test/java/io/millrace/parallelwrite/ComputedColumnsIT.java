package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.CommitOutcome;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entities whose tables fill some of their columns by themselves; who declares an entity need not say so. */
@ExtendWith(MillraceSession.class)
@Tag("thorough")
class ComputedColumnsIT {

    private final SparkSession session;
    private final Path folder;

    ComputedColumnsIT(SparkSession session, @TempDir Path folder) {
        this.session = session;
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource({
        "append, ''",
        "overwrite, ''",
        "append, 'contract { table = freeze }'",
        "append, 'contract { table = evolve }'"
    })
    void rowsNeedNotHaveThem(String saveMode, String etl) {
        session.sql(
                "CREATE TABLE delta.`" + folder + "/events` (id BIGINT GENERATED ALWAYS AS IDENTITY, name STRING,"
                        + " at TIMESTAMP, day DATE NOT NULL GENERATED ALWAYS AS (CAST(at AS DATE)), state STRING DEFAULT 'new')"
                        + " USING delta PARTITIONED BY (day) TBLPROPERTIES ('delta.feature.allowColumnDefaults' = 'supported')");
        Lake lake = Lake.events(
                session,
                folder,
                "Delta",
                "id BIGINT, name STRING, at TIMESTAMP, day DATE NOT NULL, state STRING",
                "day");
        String more = etl.contains("evolve") ? ", 1 AS more" : "";
        String text = lake.text("writerType = parallelWrite, saveMode = " + saveMode, "events", "", etl);

        CommitOutcome outcome = Lake.write(
                Lake.plan(text).etls().get(0).outputs().get(0).sink(),
                "run",
                session.sql("SELECT 'a' AS name, TIMESTAMP'2024-01-02 10:00:00' AS at" + more));

        assertThat(outcome).isInstanceOf(Committed.class);
        assertThat(Lake.json(
                        session.read().format("delta").load(folder + "/events").drop("at", "more")))
                .containsExactly("{\"id\":1,\"name\":\"a\",\"day\":\"2024-01-02\",\"state\":\"new\"}");
    }
}
