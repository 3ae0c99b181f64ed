package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.load.PipegraphLoader;
import io.millrace.spi.NoConfiguration;
import io.millrace.spi.Slice;
import io.millrace.spi.Strategy;
import io.millrace.spi.StrategyContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final String MODELS =
            """
              models {
                events { product = files, value { path = "/in", format = json, schema = "id BIGINT, price DOUBLE" } }
                other  { product = files, value { path = "/in2", format = json, schema = "id BIGINT" } }
                raw    { product = files, value { path = "/out", format = parquet } }
                copy   { product = files, value { path = "/copy", format = parquet } }, lake { product = table, value { path = "/lake" } }
              }
            """;

    private static PipegraphPlan plan(String etls) {
        return planned("pipegraph { name = p\n state = /state\n" + MODELS + "etls = [\n" + etls + "\n] }");
    }

    private static PipegraphPlan planned(String text) {
        return new Planner(PluginRegistry.ofClassPath()).plan(PipegraphLoader.load(HoconReader.parse("p.conf", text)));
    }

    private static List<String> problems(String etls) {
        try {
            plan(etls);
            throw new AssertionError("planned without a problem");
        } catch (MillraceException refused) {
            assertThat(refused.kind()).isEqualTo(MillraceException.Kind.USER);
            return refused.getMessage().lines().toList();
        }
    }

    @Test
    void anEtlComesAfterTheOneWhoseOutputItReads() {
        PipegraphPlan plan = plan(
                """
                { name = second, inputs { r = raw }, output = copy }
                { name = first, inputs { e = events }, output = raw }
                """);

        assertThat(plan.etls()).extracting(EtlPlan::name).containsExactly("first", "second");
    }

    private static List<String> sliceProblems(String etls, Slice slice) {
        return plan(etls).sliceProblems(slice);
    }

    private static final Slice DAY = new Slice(LocalDate.of(2024, 1, 3), List.of(), null);
    private static final Slice PARTITIONS = new Slice(null, List.of(0, 3), null);

    @Test
    void aSliceThatNoParameterAndNoInputTakesIsRefused() {
        String all = "{ name = all, inputs { e = events }, output = raw }";
        String daily = "{ name = daily, inputs { e = events }, output = copy,"
                + " steps = [ { name = s, sql = \"SELECT * FROM e WHERE timestamp_millis(id) >= :run_date\" } ] }";

        assertThat(sliceProblems(daily, DAY)).isEmpty();
        assertThat(sliceProblems(all, Slice.ALL)).isEmpty();
        assertThat(sliceProblems(all + ",\n" + daily, DAY))
                .containsExactly(
                        "ETL all makes no use of the date that the run is asked for, so each run would take all of its input."
                                + " Use :run_date in its SQL, name it in Strategy.sliceParts, or leave --date out");
        assertThat(sliceProblems(daily, PARTITIONS))
                .containsExactly(
                        "ETL daily makes no use of the partitions that the run is asked for, so each run would take all of its"
                                + " input. Use :partitions in its SQL, read an input that is cut by partitions (product kafka), name it in"
                                + " Strategy.sliceParts, or leave --partitions out");
        assertThatThrownBy(() -> plan(all).requireUse(new Slice(LocalDate.of(2024, 1, 3), List.of(1), null)))
                .hasMessageStartingWith("ETL all makes no use of the date ")
                .hasMessageContaining("\nETL all makes no use of the partitions ");
    }

    @Test
    void aStreamMayGoWithAnEtlThatTakesTheSlice() {
        String stream = "{ name = stream, inputs { e = events }, output = raw, trigger = available-now }";
        String daily = "{ name = daily, inputs { r = raw }, output = copy," + " steps = [ { name = s, strategy = \""
                + Daily.class.getName() + "\" } ] }";

        assertThat(sliceProblems(stream + ",\n" + daily, DAY)).isEmpty();
        assertThat(sliceProblems(stream, DAY)).hasSize(1);
    }

    /** A strategy that looks at the date of the run. */
    public static final class Daily implements Strategy<NoConfiguration> {

        /** Called by the planner. */
        public Daily() {}

        @Override
        public Class<NoConfiguration> configurationType() {
            return NoConfiguration.class;
        }

        @Override
        public Set<Slice.Part> sliceParts(NoConfiguration none) {
            return Set.of(Slice.Part.DATE);
        }

        @Override
        public Dataset<Row> transform(StrategyContext context, NoConfiguration none) {
            return context.view("r");
        }
    }

    @Test
    void namesOfEtlsThatMakeOneFolderAreRefused() {
        assertThat(
                        problems(
                                """
                        { name = "a b", inputs { e = events }, output = raw }
                        { name = a_b, inputs { e = events }, output = copy }
                        """))
                .containsExactly(
                        "p.conf:11:3  pipegraph.etls[1].name: the names of the ETLs \"a b\" and \"a_b\" differ in nothing that"
                                + " the name of a folder can show; rename one");
    }

    @Test
    void aCircleOfEtlsIsRefused() {
        assertThat(
                        problems(
                                """
                { name = a, inputs { r = raw }, output = copy }
                { name = b, inputs { c = copy }, output = raw }
                """))
                .containsExactly("p.conf:9:1  pipegraph.etls: ETLs read each other's outputs in a circle: a -> b -> a;"
                        + " let one of them read or write another model");
    }

    @Test
    void everythingWrongIsFoundAtOnce() {
        assertThat(
                        problems(
                                """
                { name = a, inputs { e = event }, output = raw }
                { name = a, inputs { e = events }, output = raww }
                { name = c, inputs { e = events, o = other }, output = raw, trigger = available-now }
                { name = d, inputs { e = events }, steps = [ { name = e, sql = "SELECT 1" } ], output = raw
                  expectations = [ { name = x, that = "price >", otherwise = dead-letter } ] }
                { name = e, inputs { e = events }, steps = [ { name = s, sql = "SELECT * FORM e WHERE" } ], output = raw }
                """))
                .containsExactly(
                        "p.conf:10:22  pipegraph.etls[0].inputs.e: no model is named \"event\"; did you mean \"events\"? (known: copy, events, lake, other, raw)",
                        "p.conf:11:3  pipegraph.etls[1].name: two ETLs are named \"a\"; the name is part of every commit's identity, rename one",
                        "p.conf:11:36  pipegraph.etls[1].output: no model is named \"raww\"; did you mean \"raw\"? (known: copy, events, lake, other, raw)",
                        "p.conf:12:13  pipegraph.etls[2].inputs: only one input can stream, here are 2: e, o; read the others whole with { model = …, stream = false }",
                        "p.conf:12  pipegraph.etls[2]: has several inputs and no step; add a step that brings them together",
                        "p.conf:13  pipegraph.etls[3].steps[0].name: an input or an earlier step is named \"e\"; rename one",
                        "p.conf:14:32  pipegraph.etls[3].expectations[0].that: is not a Spark SQL expression: Syntax error at or near end of input.",
                        "    price >",
                        "           ^",
                        "p.conf:14:50  pipegraph.etls[3].expectations[0].otherwise: the ETL has no place for dead letters; add dead-letters = MODEL to it",
                        "p.conf:15:58  pipegraph.etls[4].steps[0].sql: is not a Spark SQL query: Syntax error at or near 'e'.",
                        "    SELECT * FORM e WHERE",
                        "                  ^");
    }

    @Test
    void whatIsWrongWithAnEtlHasItsPlaceThoughOneBeforeItCouldNotBeUnderstood() {
        assertThat(
                        problems(
                                """
                { name = a, inputs { e = events }, output = raw, trigger = soon }
                [ no, etl ]
                { name = b, inputs { e = event }, outputs = [ { model = raww, where = "id >" } ] }
                { name = c, inputs { e = events }, steps = [ { sql = "SELECT" } ], output = raw }
                { name = b, inputs { e = events }, output = raw, trigger = available-now }
                """))
                .containsExactly(
                        "p.conf:10:50  pipegraph.etls[0].trigger: unknown value \"soon\"; known: available-now, batch, continuous, or trigger { every = 10s }",
                        "p.conf:11  pipegraph.etls[1]: must be an object { … }, not a list",
                        "p.conf:12:22  pipegraph.etls[2].inputs.e: no model is named \"event\"; did you mean \"events\"? (known: copy, events, lake, other, raw)",
                        "p.conf:12:63  pipegraph.etls[2].outputs[0].where: is not a Spark SQL expression: Syntax error at or near end of input.",
                        "    id >",
                        "        ^",
                        "p.conf:12  pipegraph.etls[2].outputs[0]: no model is named \"raww\"; did you mean \"raw\"? (known: copy, events, lake, other, raw)",
                        "p.conf:13  pipegraph.etls[3].steps[0].name: is missing",
                        "p.conf:14:3  pipegraph.etls[4].name: two ETLs are named \"b\"; the name is part of every commit's identity, rename one");
    }

    @Test
    void semicolonsMayEndTheSqlOfAStepAndNotAnExpression() {
        assertThat(
                        plan("{ name = a, inputs { e = events }, steps = [ { name = s, sql = \"SELECT * FROM e ; -- all\" } ], output = raw }")
                                .etls())
                .extracting(EtlPlan::name)
                .containsExactly("a");
        assertThat(
                        problems(
                                """
                { name = a, inputs { e = events }, outputs = [ { model = raw, where = "id > 1;" } ]
                  expectations = [ { name = x, that = "price > 0;", otherwise = warn } ] }
                """))
                .containsExactly(
                        "p.conf:10:63  pipegraph.etls[0].outputs[0].where: is not a Spark SQL expression: a semicolon ends a statement, not an expression; remove it",
                        "    id > 1;",
                        "          ^",
                        "p.conf:11:32  pipegraph.etls[0].expectations[0].that: is not a Spark SQL expression: a semicolon ends a statement, not an expression; remove it",
                        "    price > 0;",
                        "             ^");
    }

    @Test
    void aContractIsAboutSomething() {
        assertThat(
                        problems(
                                """
                { name = a, inputs { e = events }, output = raw, contract { record = freeze } }
                { name = b, inputs { e = events }, output = raw, contract { table = discard, record = evolve } }
                { name = c, inputs { e = events }, output = copy, contract = dead-letter }
                { name = e, inputs { e = events }, output = lake, contract { table = dead-letter } }
                { name = f, inputs { e = events }, output = lake, contract = freeze }
                """))
                .containsExactly(
                        "p.conf:10:61  pipegraph.etls[0].contract.record: no input has records whose schema may change;"
                                + " those of product kafka with decode { format = confluent-avro } have",
                        "p.conf:12:51  pipegraph.etls[2].contract: no input has records whose schema may change;"
                                + " those of product kafka with decode { format = confluent-avro } have",
                        "p.conf:12:51  pipegraph.etls[2].contract: no output has columns of its own; tables and entities have",
                        "p.conf:12:51  pipegraph.etls[2].contract: the ETL has no place for dead letters; add dead-letters = MODEL to it",
                        "p.conf:13:51  pipegraph.etls[3].contract: the ETL has no place for dead letters; add dead-letters = MODEL to it");
    }

    @Test
    void aContractIsPartOfThePlan() {
        assertThat(plan("{ name = a, inputs { e = events }, output = lake, contract = freeze }")
                        .describe()
                        .text())
                .contains(
                        "\n  agreed  contract           new fields of records: freeze, new columns of tables: freeze\n");
    }

    @Test
    void aStreamNeedsAnInputThatStreamsAndAState() {
        assertThatThrownBy(
                        () -> planned(
                                "pipegraph { name = p\n" + MODELS
                                        + "etls = [ { name = a, inputs { r = { model = events, stream = false } }, output = raw, trigger = continuous } ] }"))
                .hasMessage(
                        "p.conf:8:87  pipegraph.etls[0].trigger: the ETL has a streaming trigger but no input that streams; remove the trigger,"
                                + " or stream an input with { model = …, stream = true }\n"
                                + "p.conf:8:87  pipegraph.etls[0].trigger: a stream needs a place for its checkpoint; set pipegraph.state to a folder");
    }

    @Test
    void unknownProductsAreExplained() {
        assertThatThrownBy(
                        () -> planned(
                                """
                pipegraph { name = p
                  models {
                    a { product = fils }
                    b { product = kafka }
                    c { product = console }
                    d { product = fils }
                  }
                  etls = [ { name = e, inputs { a = a, b = b, c = c }, steps = [ { name = s, sql = "SELECT * FROM a" } ], output = d } ]
                }
                """))
                .hasMessage(
                        "p.conf:3:9  pipegraph.models.a.product: unknown product \"fils\"; did you mean \"files\"? (known: backup, files, table, values);"
                                + " a product of your own needs its plugin's jar on the class path\n"
                                + "p.conf:4:9  pipegraph.models.b.product: the plugin of product \"kafka\" is not on the class path;"
                                + " add the dependency io.millrace:millrace-plugin-kafka\n"
                                + "p.conf:5:9  pipegraph.models.c.product: product \"console\" cannot be read; products that can: backup, files, table, values\n"
                                + "p.conf:6:9  pipegraph.models.d.product: unknown product \"fils\"; did you mean \"files\"? (known: backup, console, files, table);"
                                + " a product of your own needs its plugin's jar on the class path");
    }

    @Test
    void modelsThatNoEtlUsesAreCheckedToo() {
        String text =
                """
                pipegraph { name = p
                  models {
                    a { product = files, value { path = "/in", format = json, schema = "id BIGINT" } }
                    b { product = console, value { rows = 3 } }
                    c { product = files, value { pth = "/in", schema = "id BIGINTT" } }
                    d { product = console, value { row = 3 } }
                    e { product = fils }
                  }
                  etls = [ { name = e, inputs { a = a }, output = b } ]
                }
                """;

        assertThatThrownBy(() -> planned(text))
                .hasMessage(
                        "p.conf:5:26  pipegraph.models.c.value.path: is missing\n"
                                + "p.conf:5:47  pipegraph.models.c.value.schema: is not a list of columns: Unsupported data type \"BIGINTT\".\n"
                                + "    id BIGINTT\n"
                                + "       ^\n"
                                + "p.conf:5:34  pipegraph.models.c.value.pth: unknown key; did you mean \"path\"?"
                                + " (known: format, json-schema, json-schema-file, max-files-per-trigger, options, overwrite, partition-by, path, sample, sample-file, save-mode, schema, target-file-size)\n"
                                + "p.conf:6:36  pipegraph.models.d.value.row: unknown key; did you mean \"rows\"? (known: rows, truncate)\n"
                                + "p.conf:7:9  pipegraph.models.e.product: unknown product \"fils\"; did you mean \"files\"?"
                                + " (known: backup, console, files, table, values); a product of your own needs its plugin's jar on the class path");
    }

    @Test
    void strategiesMustBeClassesThatCanBeCreated() {
        String step =
                "{ name = %s, inputs { e = events }, steps = [ { name = s, strategy = \"%s\" } ], output = raw }\n";
        String test = PlannerTest.class.getName();
        assertThat(problems(step.formatted("a", "com.acme.Missing")
                        + step.formatted("b", test + "$Abstract")
                        + step.formatted("c", test + "$Throwing")
                        + step.formatted("d", test + "$Plain")
                        + step.formatted("e", test + "$Private")))
                .containsExactly(
                        "p.conf:10:58  pipegraph.etls[0].steps[0].strategy: class com.acme.Missing is not on the class path; check the name, or add its jar",
                        "p.conf:11:58  pipegraph.etls[1].steps[0].strategy: class " + test
                                + "$Abstract is abstract; name a class that can be created",
                        "p.conf:12:58  pipegraph.etls[2].steps[0].strategy: the constructor of class " + test
                                + "$Throwing threw java.lang.IllegalStateException: no licence",
                        "p.conf:13:58  pipegraph.etls[3].steps[0].strategy: class " + test
                                + "$Plain implements neither io.millrace.spi.Strategy nor io.millrace.spi.StreamingStrategy",
                        "p.conf:14:58  pipegraph.etls[4].steps[0].strategy: class " + test
                                + "$Private has no public constructor without parameters");
    }

    @Test
    void theConfigurationOfAStrategyIsTyped() {
        String step = "{ name = a, inputs { e = events }, steps = [ { name = s, strategy = \"" + Scoring.class.getName()
                + "\", configuration { %s } } ], output = raw }\n";

        assertThat(problems(step.formatted("treshold = high")))
                .containsExactly(
                        "p.conf:10:109  pipegraph.etls[0].steps[0].configuration.threshold: is missing",
                        "p.conf:10:125  pipegraph.etls[0].steps[0].configuration.treshold: unknown key; did you mean \"threshold\"? (known: threshold)");
        PlannedStep planned =
                plan(step.formatted("threshold = 0.7")).etls().get(0).steps().get(0);
        assertThat(((PlannedStep.Java<?>) planned).configuration()).isEqualTo(new Scoring.Settings(0.7));
    }

    @Test
    void anAggregateInAStreamIsWarnedOf() {
        PipegraphPlan plan = plan(
                """
                { name = a, inputs { e = events }, steps = [ { name = s, sql = "SELECT count(*) AS n FROM e" } ], output = raw, trigger = available-now }
                """);

        assertThat(plan.warnings())
                .contains(
                        "p.conf:10:58  pipegraph.etls[0].steps[0].sql: an aggregate in a stream covers one micro-batch,"
                                + " not all that was ever read; keep state with a StreamingStrategy");
    }

    @Test
    void aDecodedInputWithoutAPlaceForDeadLettersIsWarnedOf() {
        String etl = "{ name = a, inputs { e = events }, output = raw%s }\n";

        assertThat(plan(etl.formatted("")).warnings())
                .contains("p.conf:10:22  pipegraph.etls[0].inputs.e: a record that cannot be decoded fails the ETL; add"
                        + " dead-letters = MODEL to it to keep such records aside");
        assertThat(plan(etl.formatted(", dead-letters = other")).warnings())
                .noneMatch(warning -> warning.contains("cannot be decoded"));
    }

    @Test
    void settingsOfNoPluginAreUnknownKeys() {
        assertThatThrownBy(() -> planned("plugin { kafkaa { x = 1 } }\npipegraph { name = p\n" + MODELS
                        + "etls = [ { name = a, inputs { e = events }, output = raw } ] }"))
                .hasMessage("p.conf:1:10  plugin.kafkaa: unknown key; known: none");
    }

    /** For a test. */
    public abstract static class Abstract implements Strategy<NoConfiguration> {}

    /** For a test. */
    public static class Plain {}

    /** For a test. */
    public static class Private extends Identity {
        private Private() {}
    }

    /** For a test. */
    public static class Throwing extends Identity {
        /** Always fails. */
        public Throwing() {
            throw new IllegalStateException("no licence");
        }
    }

    /** For a test. */
    public static class Identity implements Strategy<NoConfiguration> {
        @Override
        public Class<NoConfiguration> configurationType() {
            return NoConfiguration.class;
        }

        @Override
        public Dataset<Row> transform(StrategyContext context, NoConfiguration configuration) {
            return context.views().values().iterator().next();
        }
    }

    /** For a test. */
    public static class Scoring implements Strategy<Scoring.Settings> {
        record Settings(double threshold) {}

        @Override
        public Class<Settings> configurationType() {
            return Settings.class;
        }

        @Override
        public Dataset<Row> transform(StrategyContext context, Settings configuration) {
            return context.view("e");
        }
    }
}
