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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(MillraceSession.class)
class StepFunctionsIT {

    private final SparkSession spark;

    StepFunctionsIT(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name = drop, columns = [place, TAGS, flag] | Ride Id STRING,vendor INT,price STRING | [[a,1,2.5], [b,2,4]]",
                "name = drop, columns = [place, tags, __metadata, flag] | Ride Id STRING,vendor INT,price STRING | [[a,1,2.5], [b,2,4]]",
                "name = select, columns = [vendor, price] | vendor INT,price STRING | [[1,2.5], [2,4]]",
                "name = rename, column = price, as-column = cost | Ride Id STRING,vendor INT,cost STRING,flag STRING | [[a,1,2.5,], [b,2,4,null]]",
                "name = rename_all, values { vendor = who, price = cost } | Ride Id STRING,who INT,cost STRING,flag STRING | [[a,1,2.5,], [b,2,4,null]]",
                "name = rename, column = prize, as-column = cost | Ride Id STRING,vendor INT,price STRING,flag STRING | [[a,1,2.5,], [b,2,4,null]]",
                "name = rename_all, values { vendor = who, prize = cost } | Ride Id STRING,who INT,price STRING,flag STRING | [[a,1,2.5,], [b,2,4,null]]",
                "name = cleanse_column_names | ride_id STRING,vendor INT,price STRING,flag STRING | [[a,1,2.5,], [b,2,4,null]]",
                "name = change_column_case, text = upper | RIDE ID STRING,VENDOR INT,PRICE STRING,FLAG STRING | [[a,1,2.5,], [b,2,4,null]]",
                "name = set_type, values { price = double, vendor = string } | Ride Id STRING,vendor STRING,price DOUBLE,flag STRING | [[a,1,2.5,], [b,2,4.0,null]]",
                "name = fill_null_or_empty, values { flag = N } | Ride Id STRING,vendor INT,price STRING,flag STRING | [[a,1,2.5,N], [b,2,4,N]]",
                "name = add_column, column = n, text = 8, type = int | Ride Id STRING,vendor INT,price STRING,flag STRING,n INT | [[a,1,2.5,,8], [b,2,4,null,8]]",
                "name = add_column, column = n, type = date | Ride Id STRING,vendor INT,price STRING,flag STRING,n DATE | [[a,1,2.5,,null], [b,2,4,null,null]]"
            })
    void eachChangesColumns(String call, String columns, String rows) {
        Dataset<Row> without = call.startsWith("name = drop") ? rows() : rows().drop("place", "tags");

        Dataset<Row> changed = applied(call, without);

        assertThat(changed.schema().toDDL().replace("`", "")).isEqualTo(columns);
        assertThat(changed.collectAsList()).hasToString(rows);
    }

    @Test
    void unfurlTakesValuesOutOfStructsAndLists() {
        assertThat(applied("name = unfurl, text = \"place.*\"", rows())
                        .select("vendor", "lon", "lat")
                        .collectAsList())
                .hasToString("[[1,1.5,2.5], [2,3.5,4.5]]");
        assertThat(applied("name = unfurl, text = \"explode(tags) AS tag\"", rows())
                        .select("vendor", "tag")
                        .collectAsList())
                .hasToString("[[1,x], [1,y], [2,z]]");
    }

    /** Seconds, also of a text; what stands behind the point stays. */
    @ParameterizedTest
    @CsvSource({"1451606400, 2016-01-01 00:00:00.0", "'1451606400.123', 2016-01-01 00:00:00.123"})
    void epochsBecomeTimestamps(String epoch, String timestamp) {
        Dataset<Row> rows = spark.sql("SELECT '" + epoch + "' AS at");
        spark.conf().set("spark.sql.session.timeZone", "UTC");

        Row row = applied("name = epoch_to_timestamp, column = at, as-column = day", rows)
                .selectExpr("date_format(day, 'yyyy-MM-dd HH:mm:ss.SSS')")
                .head();

        assertThat(row.getString(0)).startsWith(timestamp);
        assertThat(applied("name = epoch_to_timestamp, column = at", rows)
                        .schema()
                        .toDDL())
                .isEqualTo("at TIMESTAMP");
    }

    @Test
    void theyFollowEachOther() {
        assertThat(applied("name = cleanse_column_names }, { name = select, columns = [ride_id]", rows())
                        .collectAsList())
                .hasToString("[[a], [b]]");
    }

    /** Where a function cannot do without it, as in Spark. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select, columns = [prize]",
                "set_type, values { prize = double }",
                "fill_null_or_empty, values { prize = 0 }",
                "epoch_to_timestamp, column = prize"
            })
    void aColumnThatIsNotThereIsNamed(String call) {
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> applied("name = " + call, rows()))
                .withMessage(
                        "step v, function " + call.replaceAll(",.*", "")
                                + ": there is no column prize; did you mean \"price\"? (known: Ride Id, flag, place, price, tags, vendor)")
                .matches(wrong -> wrong.kind() == MillraceException.Kind.USER);
    }

    @Test
    void anExpressionThatCannotBeResolvedIsSaid() {
        assertThatExceptionOfType(MillraceException.class)
                .isThrownBy(() -> applied("name = unfurl, text = \"plaze.*\"", rows()))
                .withMessageStartingWith("step v, function unfurl: ")
                .matches(wrong -> wrong.kind() == MillraceException.Kind.USER);
    }

    private Dataset<Row> rows() {
        return spark.sql(
                        """
                SELECT * FROM VALUES
                  ('a', 1, '2.5', '', array('x', 'y'), named_struct('lon', 1.5, 'lat', 2.5)),
                  ('b', 2, '4', null, array('z'), named_struct('lon', 3.5, 'lat', 4.5))
                  AS t(`Ride Id`, vendor, price, flag, tags, place)
                """)
                .selectExpr(
                        "nullif(`Ride Id`, '-') AS `Ride Id`",
                        "nullif(vendor, -1) AS vendor",
                        "nullif(price, '-') AS price",
                        "flag",
                        "tags",
                        "place");
    }

    private static Dataset<Row> applied(String call, Dataset<Row> rows) {
        Problems problems = new Problems();
        ConfigSection configuration = HoconReader.parse("calls", "of = v, functions = [ { " + call + " } ]")
                .root(problems);
        StepFunctions.Calls calls =
                configuration.record(StepFunctions.Calls.class).orElseThrow();
        return new StepFunctions().transform(new OneView(rows), calls);
    }
}
