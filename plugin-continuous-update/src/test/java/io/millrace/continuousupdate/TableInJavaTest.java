package io.millrace.continuousupdate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.PluginRegistry;
import io.millrace.product.Table;
import io.millrace.product.UpsertOptions;
import io.millrace.spi.ModelPlugin;
import io.millrace.testkit.ProductClass;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Here, where upserts are on the class path, tables have all their options. */
class TableInJavaTest {

    @Test
    void everyOptionHasAMethodAndEveryMethodAnOption() {
        ModelPlugin table =
                Objects.requireNonNull(PluginRegistry.ofClassPath().products().get("table"));

        assertThat(ProductClass.of(Table.class).differences(table.options())).isEmpty();
    }

    @Test
    void anUpsertIsThatOfTheConfiguration() {
        assertThat(Table.path("/lake/orders")
                        .upsert(UpsertOptions.on(List.of("order_id"), "updated_at")
                                .deadLetterStale())
                        .as("orders")
                        .value()
                        .properties())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "path=\"/lake/orders\"",
                        "keys=[\"order_id\"]",
                        "order-by=\"updated_at\"",
                        "on-stale=\"dead-letter\"",
                        "save-mode=\"upsert\"");
    }
}
