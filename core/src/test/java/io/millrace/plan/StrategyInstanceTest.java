package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.HoconReader;
import io.millrace.load.LoadedPipegraph;
import io.millrace.model.Configured;
import io.millrace.model.Etl;
import io.millrace.model.Pipegraph;
import io.millrace.product.Console;
import io.millrace.product.Values;
import io.millrace.spi.Strategy;
import io.millrace.spi.StrategyContext;
import io.millrace.spi.StreamingStrategy;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Strategies that a program gives as objects. */
class StrategyInstanceTest {

    private record Threshold(double of) {}

    private static final class Score implements Strategy<Threshold> {
        @Override
        public Class<Threshold> configurationType() {
            return Threshold.class;
        }

        @Override
        public Dataset<Row> transform(StrategyContext context, Threshold threshold) {
            return context.view("o");
        }
    }

    private static final class Distinct implements StreamingStrategy<Threshold> {
        @Override
        public Class<Threshold> configurationType() {
            return Threshold.class;
        }

        @Override
        public Dataset<Row> transform(Dataset<Row> stream, Threshold threshold) {
            return stream;
        }
    }

    private static PipegraphPlan plan(Etl.Builder etl) {
        Pipegraph pipegraph = Pipegraph.named("p")
                .model("orders", Values.of("id INT"))
                .model("scores", Console.print())
                .etl(etl.input("o", "orders").output("scores"))
                .build();
        return new Planner(PluginRegistry.ofClassPath())
                .plan(LoadedPipegraph.of(pipegraph, HoconReader.parse("settings", "")));
    }

    @Test
    void theObjectAndItsConfigurationAreThoseOfThePlan() {
        Score score = new Score();

        assertThat(plan(Etl.named("e").strategy("s", score, new Threshold(0.7)))
                        .etls()
                        .get(0)
                        .steps())
                .containsExactly(new PlannedStep.Java<>("s", score, new Threshold(0.7)));
    }

    @Test
    void aStreamingStrategyStandsFirstHereToo() {
        assertThatThrownBy(() -> plan(
                        Etl.named("e").sql("a", "SELECT * FROM o").strategy("s", new Distinct(), new Threshold(1))))
                .hasMessage(
                        "settings  pipegraph.etls[0].steps[1]: a StreamingStrategy must be the first step of its ETL");
    }

    @Test
    void whatIsNoStrategyIsRefused() {
        Configured<Threshold> other = () -> Threshold.class;

        assertThatThrownBy(() -> plan(Etl.named("e").strategy("s", other, new Threshold(1))))
                .hasMessageContaining(
                        " implements neither io.millrace.spi.Strategy nor io.millrace.spi.StreamingStrategy");
    }
}
