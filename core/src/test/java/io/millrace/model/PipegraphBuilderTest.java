package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipegraphBuilderTest {

    private static final class Shop extends ModelBuilder<Shop> {

        private Shop() {
            super("shop");
        }
    }

    @Test
    void everythingThatIsMissingIsSaidAtOnceWithItsName() {
        Pipegraph.Builder orders = Pipegraph.named("orders")
                .model("events", new Shop())
                .model("current", new Shop())
                .model("current", new Shop())
                .etl(Etl.named("keep").sql("s", "SELECT 1"))
                .etl(Etl.named("upsert").input("o", "evnts").output("currnt").deadLetters("rejected"));

        assertThatThrownBy(orders::build)
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(MillraceException.Kind.USER))
                .hasMessage(
                        """
                        model current: two models have this name; rename one
                        etl keep: an ETL needs at least one input
                        etl keep: an ETL needs at least one output
                        etl upsert, input o: no model is named "evnts"; did you mean "events"? (known: current, events)
                        etl upsert, output: no model is named "currnt"; did you mean "current"? (known: current, events)
                        etl upsert, dead letters: no model is named "rejected"; known: current, events""");
    }

    @Test
    void whatIsSaidOfAnEtlAfterItWasGivenCounts() {
        Etl.Builder copy = Etl.named("copy").input("o", "events");
        Pipegraph.Builder orders = Pipegraph.named("orders")
                .model("events", new Shop())
                .model("big", new Shop())
                .etl(copy);
        copy.output("big", "price > 100");

        assertThat(orders.build().etls().get(0).outputs()).containsExactly(new Output("big", "price > 100"));
    }

    @Test
    void settingsAreWrittenAsAConfigurationWouldHaveThem() {
        GenericModel model = new Shop()
                .set("open", true)
                .set("shelves", List.of(1, 2))
                .set("opening.hours", Duration.ofMinutes(90))
                .set("opening.reading", Reading.BY_PRODUCT)
                .set("options", "fs.s3a.key", "k")
                .set("options", "level", 3)
                .set("rows", List.of(Map.of("id", 1)))
                .as("shop");

        assertThat(model.value())
                .hasToString(
                        "{\"open\":true,\"shelves\":[1,2],\"opening\":{\"hours\":\"5400000ms\",\"reading\":\"by-product\"},"
                                + "\"options\":{\"fs.s3a.key\":\"k\",\"level\":3},\"rows\":[{\"id\":1}]}");
        assertThat(model.product()).isEqualTo(GenericProduct.of("shop"));
        assertThat(model.toString()).isEqualTo("GenericModel[shop, shop]");
        assertThat(new Shop()).hasToString("a model of product shop");
    }

    @Test
    void aSettingOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> new Shop().set("open", new Object()))
                .hasMessage(
                        "a setting is a text, a number, a boolean, a duration, an enum, or a list or map of these, not a java.lang.Object");
    }
}
