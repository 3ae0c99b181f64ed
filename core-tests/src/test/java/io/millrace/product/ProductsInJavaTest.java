package io.millrace.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.ModelBuilder;
import io.millrace.plan.PluginRegistry;
import io.millrace.spi.OptionDescription;
import io.millrace.testkit.ProductClass;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsInJavaTest {

    @ParameterizedTest
    @ValueSource(classes = {Files.class, Backup.class, Values.class, Console.class})
    void everyOptionHasAMethodAndEveryMethodAnOption(Class<? extends ModelBuilder<?>> type) {
        String product = type.getSimpleName().toLowerCase(java.util.Locale.ROOT);

        assertThat(ProductClass.of(type).differences(options(product))).isEmpty();
    }

    @Test
    void whatDiffersIsNamed() {
        List<OptionDescription> options = List.of(
                new OptionDescription("rows", "number", "20", ""),
                new OptionDescription("colour", "red | green", "red", ""));

        assertThat(ProductClass.of(Console.class).differences(options))
                .containsExactly("no method for colour", "no option is named truncate");
    }

    @Test
    void aModelIsThatOfTheConfiguration() {
        assertThat(Files.json("/inbox")
                        .schema("id BIGINT")
                        .option("multiLine", true)
                        .overwrite()
                        .as("events")
                        .value())
                .hasToString(
                        "{\"format\":\"json\",\"path\":\"/inbox\",\"schema\":\"id BIGINT\",\"options\":{\"multiLine\":true},\"save-mode\":\"overwrite\",\"overwrite\":\"static\"}");
        assertThat(Values.of("id INT")
                        .row(Map.of("id", 1))
                        .row(Map.of())
                        .as("v")
                        .value())
                .hasToString("{\"schema\":\"id INT\",\"rows\":[{\"id\":1},{}]}");
        assertThat(OtherProduct.named("database").set("url", "jdbc:h2:mem:").as("d"))
                .hasToString("GenericModel[d, database]");
    }

    private static List<OptionDescription> options(String product) {
        return Objects.requireNonNull(PluginRegistry.ofClassPath().products().get(product))
                .options();
    }
}
