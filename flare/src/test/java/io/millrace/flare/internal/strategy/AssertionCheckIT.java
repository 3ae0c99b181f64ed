package io.millrace.flare.internal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.config.ConfigSection;
import io.millrace.config.HoconReader;
import io.millrace.config.MillraceException;
import io.millrace.config.Problems;
import io.millrace.testkit.MillraceSession;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(MillraceSession.class)
class AssertionCheckIT {

    private final Dataset<Row> rows;

    AssertionCheckIT(SparkSession spark) {
        this.rows = spark.sql(
                """
                SELECT * FROM VALUES (1, 'ab', 10.0), (2, 'ab', 20.0), (3, 'abcd', 30.0), (4, null, null) AS t(id, name, price)
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "avg = 20",
                "sum = 60",
                "min >= 10 AND max <= 30",
                "distinct_count = 3",
                "duplicate_count = 0",
                "missing_count = 1",
                "missing_percentage = 25",
                "avg_length = 4",
                "min_length = 4",
                "max_length < 5"
            })
    void holdsOfAColumn(String test) {
        assertThat(checked("column = price, tests = [\"" + test + "\"]").collectAsList())
                .hasSize(4);
    }

    @Test
    void holdsOfFormatsPartsAndQueries() {
        String checks =
                """
                column = name, regex = "^ab$", tests = ["invalid_count = 1", "invalid_percentage = 25", "duplicate_count = 1"] },
                { column = name, regex = "ab", tests = ["invalid_count = 0"] },
                { column = price, filter = "name = 'ab'", tests = ["sum = 30", "missing_percentage = 0"] },
                { column = price, filter = "id > 99", tests = ["missing_percentage = 0", "distinct_count = 0"] },
                { sql = "SELECT count(*) AS n, max(price) AS most FROM v", tests = ["n = 4", "most > 20"]
                """;
        rows.createOrReplaceTempView("v");

        assertThat(checked(checks).collectAsList()).hasSize(4);
    }

    @Test
    void saysAllThatDoesNotHold() {
        rows.createOrReplaceTempView("v");

        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(
                        () -> checked(
                                """
                        column = price, filter = "id < 3", tests = ["avg > 1000.00", "max < 1000", "min > 100 OR sum < 5"] },
                        { column = price, filter = "id > 99", tests = ["avg > 0"] },
                        { sql = "SELECT count(*) AS n FROM v", tests = ["n > 4"] },
                        { sql = "SELECT * FROM v WHERE id > 99", tests = ["id > 4"]
                        """))
                .withMessage("nothing of v is written, as 5 assertions do not hold: "
                        + "column price where id < 3: avg > 1000.00 (avg = 15.00000); "
                        + "column price where id < 3: min > 100 OR sum < 5 (min = 10.0, sum = 30.0); "
                        + "column price where id > 99: avg > 0 (avg = null); "
                        + "sql SELECT count(*) AS n FROM v: n > 4 (n = 4); "
                        + "sql SELECT * FROM v WHERE id > 99: has no row")
                .matches(wrong -> wrong.kind() == MillraceException.Kind.USER);
    }

    /** Then there is nothing that could have been written. */
    @Test
    void aViewMayBeLookedAtOnly() {
        assertThat(checked("column = price, tests = [\"avg = 20\"]", false).collectAsList())
                .hasSize(4);
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> checked("column = price, tests = [\"avg > 20\"]", false))
                .withMessage("an assertion does not hold: column price: avg > 20 (avg = 20.00000)");
    }

    @Test
    void saysWhatCannotBeAsked() {
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> checked("column = prize, tests = [\"avg > 1\"]"))
                .withMessageStartingWith("assertion about column prize: ")
                .matches(wrong -> wrong.kind() == MillraceException.Kind.USER);
    }

    private Dataset<Row> checked(String check) {
        return checked(check, true);
    }

    private Dataset<Row> checked(String check, boolean writes) {
        Problems problems = new Problems();
        String text = "of = v, writes = " + writes + ", checks = [ { " + check + " } ]";
        ConfigSection configuration = HoconReader.parse("checks", text).root(problems);
        AssertionCheck.Asserted asserted =
                configuration.record(AssertionCheck.Asserted.class).orElseThrow();
        assertThat(problems.asList()).isEmpty();
        return new AssertionCheck().transform(new OneView(rows), asserted);
    }
}
