package com.acme.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.Millrace;
import io.millrace.load.PipegraphLoader;
import io.millrace.plan.PipegraphPlan;
import io.millrace.plan.Planner;
import io.millrace.plan.PluginRegistry;
import io.millrace.run.EtlResult;
import io.millrace.run.RunListener;
import io.millrace.run.RunRequest;
import io.millrace.spi.Counts;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The pipegraph of this project, with the plugin and the strategies of this project. */
@ExtendWith(MillraceSession.class)
class WatchListTest {

    private final SparkSession spark;
    private final Path folder;

    WatchListTest(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    @Test
    void dearOrdersAreInTheDatabaseOnce() {
        EtlResult first = run();
        EtlResult second = run();

        assertThat(first.outputs().get(0).counts()).isEqualTo(Counts.committed(2));
        assertThat(first.deadLetters()).isEqualTo(1);
        assertThat(second.batches()).isZero();
        assertThat(watchList()).containsExactly("[2,Żaneta,249.00]", "[4,Dora,100.00]");
        assertThat(spark.read()
                        .json(folder.resolve("rejected").toString())
                        .select("reason_code", "stage")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[NO_PRICE,strategy]");
    }

    private EtlResult run() {
        PipegraphPlan plan = new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(
                        Path.of("pipegraph.conf"), Map.of("folder", folder.toString(), "orders", "orders")));
        return Millrace.on(spark).run(plan, RunRequest.all(), RunListener.NONE).etl("watch");
    }

    private List<String> watchList() {
        Properties user = new Properties();
        user.put("user", "sa");
        return spark
                .read()
                .jdbc("jdbc:h2:" + folder + "/shop", "watch_list", user)
                .orderBy("order_id")
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
    }
}
