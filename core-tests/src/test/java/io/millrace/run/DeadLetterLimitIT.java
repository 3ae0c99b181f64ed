package io.millrace.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(MillraceSession.class)
class DeadLetterLimitIT {

    private static final String GOOD = "{\"id\": 1}\n";
    private static final String BAD = "{\"id\": \n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final SparkSession session;

    DeadLetterLimitIT(SparkSession session) {
        this.session = session;
    }

    @BeforeEach
    void deliver() throws IOException {
        deliver(1, BAD.repeat(2) + GOOD.repeat(8)); // too many, but it has just begun
        deliver(2, GOOD.repeat(10));
        deliver(3, BAD.repeat(5) + GOOD.repeat(5));
        deliver(4, GOOD.repeat(10));
    }

    @Test
    void aStreamFailsWhereTooManyOfItsLastRowsAreBadAndTheNextRunGoesOn() {
        String limited = "dead-letter-limit { percent = 10, last = 20, warm-up = 15 }, trigger = available-now";

        assertThatThrownBy(() -> run(limited))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(MillraceException.Kind.EXTERNAL))
                .hasMessageContaining(
                        "ETL keep: 5 of the last 20 rows became dead letters, more than the 10 % that dead-letter-limit allows."
                                + " All that was read is in its place; the dead letters say what is wrong. The next run goes on");
        assertThat(rows("kept")).isEqualTo(23);
        assertThat(rows("dead")).isEqualTo(7);

        run(limited);
        assertThat(rows("kept")).isEqualTo(33);
        assertThat(rows("dead")).isEqualTo(7);
    }

    @Test
    void aBatchRunIsLookedAtAsAWhole() {
        run("dead-letter-limit { percent = 17.5 }");
        assertThat(rows("kept")).isEqualTo(33);

        assertThatThrownBy(() -> run("dead-letter-limit { percent = 17.4, warm-up = 40 }"))
                .hasMessageContaining("7 of the last 40 rows became dead letters, more than the 17.4 %");
    }

    @Test
    void aLimitNeedsAPlaceForDeadLettersAndANumber() {
        assertThatThrownBy(() -> plan("dead-letter-limit { percent = 5 }", ""))
                .hasMessage(
                        "orders.conf:9:5  pipegraph.etls[0].dead-letter-limit: the ETL has no place for dead letters; add dead-letters = MODEL to it");
        assertThatThrownBy(() -> plan("dead-letter-limit { last = 0 }", "dead-letters = dead"))
                .hasMessage(
                        """
                        orders.conf:9:5  pipegraph.etls[0].dead-letter-limit.percent: is missing; how many of a hundred rows may become dead letters
                        orders.conf:9:25  pipegraph.etls[0].dead-letter-limit.last: must be a whole number from 1 to 2147483647, not 0""");
        assertThatThrownBy(() -> plan("dead-letter-limit { percent = 101 }", "dead-letters = dead"))
                .hasMessage(
                        "orders.conf:9:25  pipegraph.etls[0].dead-letter-limit.percent: must be from 0 to 100, not 101.0");
    }

    private void deliver(int number, String lines) throws IOException {
        Path file = Files.createDirectories(folder.resolve("incoming")).resolve(number + ".json");
        Files.writeString(file, lines);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + number * 1_000L));
    }

    private void run(String etl) {
        new PipegraphRunner(session, plan(etl, "dead-letters = dead"), RunRequest.all(), RunListener.NONE).run();
    }

    private PipegraphPlan plan(String etl, String place) {
        String text =
                """
                pipegraph {
                  name = orders, state = "%1$s/state"
                  models {
                    events { product = files, value { path = "%1$s/incoming", format = json, schema = "id BIGINT", max-files-per-trigger = 1 } }
                    kept { product = files, value { path = "%1$s/kept" } }
                    dead { product = files, value { path = "%1$s/dead" } }
                  }
                  etls = [ { name = keep, inputs { events = events }, output = kept, %2$s
                    %3$s } ]
                }
                """
                        .formatted(folder, place.isEmpty() ? "steps = []" : place, etl);
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("orders.conf", text)));
    }

    private long rows(String table) {
        return session.read().parquet(folder.resolve(table).toString()).count();
    }
}
