package io.millrace.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.config.HoconReader;
import io.millrace.config.Problem;
import io.millrace.model.DeadLetterLimit;
import io.millrace.model.Etl;
import io.millrace.model.Expectation.Otherwise;
import io.millrace.model.GenericModel;
import io.millrace.model.GenericProduct;
import io.millrace.model.Input;
import io.millrace.model.Output;
import io.millrace.model.Pipegraph;
import io.millrace.model.Reading;
import io.millrace.model.SchemaContract;
import io.millrace.model.SchemaContract.Policy;
import io.millrace.model.StrategyStep;
import io.millrace.model.Trigger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PipegraphLoaderTest {

    private static final String ORDERS =
            """
            lake = "/data"
            pipegraph {
              name = orders
              description = "Orders"
              owner = sales
              state = ${lake}"/_millrace"
              models {
                events { product = files, value { path = ${lake}"/in", format = json, rows = 3 } }
                raw    { product = files, value { path = ${lake}"/out", format = parquet } }
                bad    { product = files, value { path = ${lake}"/bad", format = parquet } }
              }
              etls = [
                { name = keep
                  inputs = { orders = events, customers = { model = raw, stream = false } }
                  steps = [ { name = dated, sql = "SELECT * FROM orders" }
                            { name = scored, strategy = "com.acme.Score", configuration { threshold = 0.7 } } ]
                  outputs = [ { model = raw, where = "price > 1" }, { model = bad } ]
                  expectations = [ { name = has-price, that = "price > 0", otherwise = dead-letter } ]
                  dead-letters = bad
                  dead-letter-limit { percent = 2.5, last = 500, warm-up = 100 }
                  contract { record = freeze, table = dead-letter }
                  trigger { every = 10s } }
              ]
            }
            """;

    @Test
    void hoconAndJavaGiveEqualPipegraphs() {
        LoadedPipegraph loaded = PipegraphLoader.load(HoconReader.parse("orders.conf", ORDERS));

        Pipegraph built = Pipegraph.named("orders")
                .description("Orders")
                .owner("sales")
                .state("/data/_millrace")
                .model(files("events", "{\"path\":\"/data/in\",\"format\":\"json\",\"rows\":3}"))
                .model(files("raw", "{\"path\":\"/data/out\",\"format\":\"parquet\"}"))
                .model(files("bad", "{\"path\":\"/data/bad\",\"format\":\"parquet\"}"))
                .etl(Etl.named("keep")
                        .input("orders", "events")
                        .input(new Input("customers", "raw", Reading.STATIC))
                        .sql("dated", "SELECT * FROM orders")
                        .step(new StrategyStep(
                                "scored",
                                "com.acme.Score",
                                JsonNodeFactory.instance.objectNode().put("threshold", 0.7)))
                        .output(new Output("raw", "price > 1"))
                        .output("bad")
                        .expect("has-price", "price > 0", Otherwise.DEAD_LETTER)
                        .deadLetters("bad")
                        .deadLetterLimit(new DeadLetterLimit(2.5, 500, 100))
                        .contract(new SchemaContract(Policy.FREEZE, Policy.DEAD_LETTER))
                        .trigger(new Trigger.Every(Duration.ofSeconds(10))))
                .build();

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.pipegraph()).isEqualTo(built);
    }

    @Test
    void everythingThatIsWrongIsReportedAtOnceWithItsPlace() {
        LoadedPipegraph loaded = PipegraphLoader.load(
                HoconReader.parse(
                        "bad.conf",
                        """
                pipegraph {
                  nam = orders
                  models { events { produkt = files } }
                  etls = [
                    { name = a, inputs { x = events }, steps = [ { name = s } ], output = raw, trigger = hourly }
                    { inputs { x = events }, expectations = [ { name = e, that = "x > 0", otherwise = ignore } ] }
                  ]
                }
                """));

        assertThat(loaded.problems().stream().map(Problem::toString))
                .containsExactly(
                        "bad.conf:1:1  pipegraph.name: is missing",
                        "bad.conf:2:3  pipegraph.nam: unknown key; did you mean \"name\"? (known: description, etls, models, name, owner, state)",
                        "bad.conf:3:12  pipegraph.models.events.product: is missing",
                        "bad.conf:3:21  pipegraph.models.events.produkt: unknown key; did you mean \"product\"? (known: product, value)",
                        "bad.conf:5  pipegraph.etls[0].steps[0]: a step needs either sql or strategy",
                        "bad.conf:5:80  pipegraph.etls[0].trigger: unknown value \"hourly\"; known: available-now, batch, continuous, or trigger { every = 10s }",
                        "bad.conf:6  pipegraph.etls[1].name: is missing",
                        "bad.conf:6  pipegraph.etls[1]: needs either output = MODEL or outputs = [ { model, where } ]",
                        "bad.conf:6:75  pipegraph.etls[1].expectations[0].otherwise: unknown value \"ignore\"; known: dead-letter, drop, fail, warn");
        assertThat(loaded.brokenModels()).containsExactly("events");
    }

    /** Whatever its steps look at: in Java an ETL may do without. */
    @Test
    void anEtlNeedsAnOutput() {
        LoadedPipegraph loaded = PipegraphLoader.load(
                HoconReader.parse(
                        "none.conf",
                        """
                pipegraph {
                  name = orders
                  models { events { product = files } }
                  etls = [ { name = a, inputs { x = events }, steps = [ { name = s, strategy = com.acme.Look } ], outputs = [] } ]
                }
                """));

        assertThat(loaded.problems().stream().map(Problem::toString))
                .containsExactly(
                        "none.conf:4:99  pipegraph.etls[0].outputs: is empty; an ETL needs at least one output");
        Etl.Builder looking = Etl.named("a")
                .input("x", "events")
                .step(new StrategyStep("s", "com.acme.Look", JsonNodeFactory.instance.objectNode()));
        assertThat(looking.build().outputs()).isEmpty();
        assertThatThrownBy(() -> looking.expect("e", "x > 0", Otherwise.FAIL).build())
                .hasMessage("etl a: an ETL needs at least one output");
        assertThatThrownBy(() ->
                        Etl.named("a").input("x", "events").sql("s", "SELECT 1").build())
                .hasMessage("etl a: an ETL needs at least one output");
    }

    @Test
    void aFileWithoutAPipegraphSaysSo() {
        LoadedPipegraph loaded = PipegraphLoader.load(HoconReader.parse("empty.conf", "lake = x"));

        assertThat(loaded.problems().stream().map(Problem::toString)).contains("empty.conf  pipegraph: is missing");
    }

    @Test
    void aPipegraphNeedsAnEtl() {
        assertThat(PipegraphLoader.load(HoconReader.parse("none.conf", "pipegraph { name = none }")).problems().stream()
                        .map(Problem::toString))
                .containsExactly("none.conf:1:1  pipegraph.etls: is missing; a pipegraph needs at least one ETL");
        assertThat(
                        PipegraphLoader.load(HoconReader.parse("none.conf", "pipegraph { name = none, etls = [] }"))
                                .problems()
                                .stream()
                                .map(Problem::toString))
                .containsExactly("none.conf:1:26  pipegraph.etls: is empty; a pipegraph needs at least one ETL");
    }

    private static GenericModel files(String name, String value) {
        try {
            return new GenericModel(name, (ObjectNode) new ObjectMapper().readTree(value), GenericProduct.of("files"));
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(value, notJson);
        }
    }
}
