package com.acme.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.math.BigDecimal;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({MillraceSession.class, Memory.Extension.class})
class ScoreOrdersTest {

    @Test
    void dearOrdersAreMarkedAndThoseWithoutAPriceAreKeptAside(SparkSession spark, Memory memory) {
        memory.create("orders", "order_id BIGINT, price DECIMAL(10,2)")
                .add(order(1, "99.99"), order(2, "100"), RowFactory.create(3L, null));
        MemoryTable scored = memory.create("scored", "order_id BIGINT, look BOOLEAN");
        MemoryTable rejected = memory.create("rejected", "row STRING, reason_code STRING, reason STRING");

        Millrace.on(spark).run(plan("threshold = 100"), RunRequest.all(), RunListener.NONE);

        assertThat(scored.rows()).extracting(Row::toString).containsExactly("[1,false]", "[2,true]");
        assertThat(rejected.rows())
                .extracting(Row::toString)
                .containsExactly("[{\"order_id\":3},NO_PRICE,an order without a price has no score]");
    }

    @Test
    void whatIsWrongWithTheConfigurationIsSaidBeforeTheRun(Memory memory) {
        memory.create("orders", "order_id BIGINT");
        memory.create("scored", "order_id BIGINT");
        memory.create("rejected", "row STRING");

        assertThatThrownBy(() -> plan("treshold = 100"))
                .hasMessage(
                        """
                        shop.conf:5:7  pipegraph.etls[0].steps[0].configuration.threshold: is missing
                        shop.conf:5:23  pipegraph.etls[0].steps[0].configuration.treshold: unknown key; did you mean "threshold"? (known: threshold)""");
        assertThatThrownBy(() -> plan("threshold = -1"))
                .hasMessage(
                        "shop.conf:5:7  pipegraph.etls[0].steps[0].configuration: threshold must be greater than 0, not -1.0");
    }

    private static Row order(long id, String price) {
        return RowFactory.create(id, new BigDecimal(price));
    }

    private static PipegraphPlan plan(String configuration) {
        String text =
                """
                pipegraph { name = shop
                  models { orders { product = memory }, scored { product = memory }, rejected { product = memory } }
                  etls = [ { name = score, inputs { orders = orders }, output = scored, dead-letters = rejected
                    steps = [ { name = marked, strategy = "com.acme.orders.ScoreOrders"
                      configuration { %s } } ] } ]
                }
                """
                        .formatted(configuration);
        return new Planner(PluginRegistry.ofClassPath())
                .plan(PipegraphLoader.load(HoconReader.parse("shop.conf", text)));
    }
}
