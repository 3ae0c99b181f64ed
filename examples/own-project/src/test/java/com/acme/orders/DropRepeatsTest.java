package com.acme.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Millrace;
import io.millrace.config.HoconReader;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.testkit.Memory;
import io.millrace.testkit.MemoryTable;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({MillraceSession.class, Memory.Extension.class})
class DropRepeatsTest {

    private static final Instant TEN = Instant.parse("2024-01-03T10:00:00Z");

    private final SparkSession spark;
    private final Path folder;

    DropRepeatsTest(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    @Test
    void anEventThatComesAgainInALaterRunIsLeftOut(Memory memory) {
        MemoryTable events = memory.create("events", "id BIGINT, at TIMESTAMP");
        MemoryTable kept = memory.create("kept", "id BIGINT");

        events.add(event(1, 0), event(1, 0), event(2, 5));
        run("available-now");
        events.add(event(2, 5), event(3, 10));
        run("available-now");

        assertThat(kept.rows()).extracting(row -> row.getLong(0)).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void aBatchRunLeavesOutWhatIsThereTwice(Memory memory) {
        memory.create("events", "id BIGINT, at TIMESTAMP").add(event(1, 0), event(1, 0), event(2, 5));
        MemoryTable kept = memory.create("kept", "id BIGINT");

        run("batch");

        assertThat(kept.rows()).extracting(row -> row.getLong(0)).containsExactlyInAnyOrder(1L, 2L);
    }

    private static Row event(long id, int minutes) {
        return RowFactory.create(id, Timestamp.from(TEN.plusSeconds(minutes * 60L)));
    }

    private void run(String trigger) {
        String text =
                """
                pipegraph { name = shop, state = "%s"
                  models { events { product = memory }, kept { product = memory } }
                  etls = [ { name = keep, inputs { events = events }, output = kept, trigger = %s
                    steps = [ { name = once, strategy = "com.acme.orders.DropRepeats"
                      configuration { columns = [id], time = at, patience = 1h } } ] } ]
                }
                """
                        .formatted(folder, trigger);
        PipegraphPlan plan = new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("shop.conf", text)));
        Millrace.on(spark).run(plan, RunRequest.all(), RunListener.NONE);
    }
}
