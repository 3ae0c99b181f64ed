package io.millrace.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.config.MillraceException;
import io.millrace.testkit.MillraceSession;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MillraceSession.class)
class SchemaEnforcementTest {

    private final SparkSession spark;

    SchemaEnforcementTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void columnsComeInTheTargetsOrderAndCaseAndSurplusOnesAreLeftOut() {
        Dataset<Row> fitted = enforce("id BIGINT, Name STRING", "SELECT 'a' AS NAME, true AS surplus, 1L AS ID");

        assertThat(fitted.schema().fieldNames()).containsExactly("id", "Name");
        assertThat(fitted.collectAsList()).extracting(Row::toString).containsExactly("[1,a]");
    }

    @Test
    void oddNamesAreQuoted() {
        Dataset<Row> fitted = enforce("`a.b` INT, `c``d` INT", "SELECT 1 AS `C``D`, 2 AS `A.B`");

        assertThat(fitted.collectAsList()).extracting(Row::toString).containsExactly("[2,1]");
    }

    @Test
    void fieldsOfStructsAreFoundByNameAtAnyDepth() {
        Dataset<Row> fitted = enforce(
                "a STRUCT<x: INT, y: ARRAY<STRUCT<p: INT, q: STRING>>>, m MAP<STRING, STRUCT<v: INT, w: INT>>",
                "SELECT map('k', named_struct('W', 2, 'V', 1)) AS m,"
                        + " named_struct('Y', array(named_struct('q', 'q', 'surplus', 0, 'p', 1)), 'x', 7) AS a");

        assertThat(fitted.schema().sql().replace(" NOT NULL", ""))
                .isEqualTo("STRUCT<a: STRUCT<x: INT, y: ARRAY<STRUCT<p: INT, q: STRING>>>,"
                        + " m: MAP<STRING, STRUCT<v: INT, w: INT>>>");
        assertThat(fitted.collectAsList())
                .extracting(Row::json)
                .containsExactly("{\"a\":{\"x\":7,\"y\":[{\"p\":1,\"q\":\"q\"}]},\"m\":{\"k\":{\"v\":1,\"w\":2}}}");
    }

    @Test
    void nullStructsArraysAndMapsStayNull() {
        Dataset<Row> fitted = enforce(
                "a STRUCT<x: INT>, b ARRAY<STRUCT<x: INT>>, m MAP<STRING, STRUCT<x: INT>>",
                "SELECT * FROM VALUES (CAST(NULL AS STRUCT<X: INT>), CAST(NULL AS ARRAY<STRUCT<X: INT>>),"
                        + " CAST(NULL AS MAP<STRING, STRUCT<X: INT>>)),"
                        + " (named_struct('X', CAST(NULL AS INT)), array(CAST(NULL AS STRUCT<X: INT>)),"
                        + " map('k', CAST(NULL AS STRUCT<X: INT>))) AS t(a, b, m)");

        assertThat(fitted.collectAsList())
                .extracting(Row::toString)
                .containsExactly("[null,null,null]", "[[null],ArraySeq(null),Map(k -> null)]");
    }

    @Test
    void whatRowsLackIsTheDefaultAtAnyDepth() {
        StructType place = new StructType(
                new StructField[] {field("city", DataTypes.StringType), field("zip", "'0000'", DataTypes.StringType)});
        StructType target = new StructType(new StructField[] {
            field("id", DataTypes.LongType), field("n", "1 + 1", DataTypes.IntegerType), field("place", place)
        });

        Dataset<Row> fitted = SchemaEnforcement.of("orders", target)
                .apply(spark.sql("SELECT named_struct('city', 'Oslo') AS place, 1L AS id"));

        assertThat(fitted.collectAsList()).extracting(Row::toString).containsExactly("[1,2,[Oslo,0000]]");
    }

    @Test
    void whatTheTargetComputesIsLeftToIt() {
        SchemaEnforcement columns = SchemaEnforcement.of(
                        "orders", StructType.fromDDL("id BIGINT, n BIGINT, at TIMESTAMP, Day DATE NOT NULL"))
                .computing(new ComputedColumns(Map.of("Day", "CAST(at AS DATE)"), Set.of("id"), Set.of("n")));

        assertThat(columns.apply(spark.sql("SELECT TIMESTAMP'2024-01-02 10:00:00' AS at"))
                        .columns())
                .containsExactly("at");
        assertThat(columns.apply(spark.sql(
                                "SELECT 1L AS n, TIMESTAMP'2024-01-02 10:00:00' AS at, DATE'2024-01-02' AS day"))
                        .columns())
                .containsExactly("n", "at", "Day");
        assertThatThrownBy(() -> columns.apply(spark.sql("SELECT 1L AS ID, 'x' AS n")))
                .hasMessage(
                        """
                        the rows do not fit orders:
                          column  wanted                   given
                          ID      (numbered by the table)  BIGINT     leave it out in a step: it is GENERATED ALWAYS AS IDENTITY
                          n       BIGINT                   STRING     write CAST(n AS BIGINT)
                          at      TIMESTAMP                (missing)""");
    }

    private static StructField field(String name, DataType type) {
        return new StructField(name, type, true, Metadata.empty());
    }

    private static StructField field(String name, String value, DataType type) {
        return field(name, type).withCurrentDefaultValue(value);
    }

    @Test
    void everyDifferenceIsListedTargetBesideRows() {
        assertThatThrownBy(() -> enforce(
                        "order_id BIGINT NOT NULL, `the price` DECIMAL(10,2), segment STRING NOT NULL, day DATE,"
                                + " a STRUCT<zip: STRING, city: STRING>, items ARRAY<STRUCT<price: DOUBLE>>, tags MAP<STRING, INT>",
                        "SELECT 1 AS order_id, 1.5D AS `the price`, current_timestamp() AS day, named_struct('zip', 1) AS a,"
                                + " array(named_struct('price', 1.5F)) AS items, map(1, 1L) AS tags, 1 AS surplus"))
                .isInstanceOf(MillraceException.class)
                .hasMessage(
                        """
                        the rows do not fit orders:
                          column               wanted           given
                          order_id             BIGINT           INT        write CAST(order_id AS BIGINT)
                          the price            DECIMAL(10,2)    DOUBLE     write CAST(`the price` AS DECIMAL(10,2))
                          segment              STRING NOT NULL  (missing)
                          day                  DATE             TIMESTAMP  write CAST(day AS DATE)
                          a.zip                STRING           INT
                          a.city               STRING           (missing)
                          items.element.price  DOUBLE           FLOAT
                          tags.key             STRING           INT
                          tags.value           INT              BIGINT""");
    }

    @Test
    void nothingIsConvertedInSilence() {
        assertThatThrownBy(() -> enforce("a BIGINT, b DECIMAL(12,2)", "SELECT 1 AS a, CAST(1 AS DECIMAL(10,2)) AS b"))
                .hasMessage(
                        """
                        the rows do not fit orders:
                          column  wanted         given
                          a       BIGINT         INT            write CAST(a AS BIGINT)
                          b       DECIMAL(12,2)  DECIMAL(10,2)  write CAST(b AS DECIMAL(12,2))""");
    }

    @Test
    void oneNameTwiceIsADifference() {
        assertThatThrownBy(() -> enforce("id BIGINT", "SELECT 1L AS id, 2L AS ID"))
                .hasMessage(
                        """
                        the rows do not fit orders:
                          column  wanted  given
                          id      BIGINT  (several: id, ID)""");
    }

    @Test
    void textsAreOneTypeWhateverTheirLength() {
        StructType target = new StructType()
                .add("a", DataTypes.createVarcharType(5))
                .add("b", DataTypes.createCharType(2))
                .add("c", DataTypes.StringType);

        Dataset<Row> fitted = SchemaEnforcement.of("orders", target)
                .apply(spark.sql("SELECT 'x' AS a, 'y' AS b, CAST('z' AS VARCHAR(3)) AS c"));

        assertThat(fitted.collectAsList()).extracting(Row::toString).containsExactly("[x,y,z]");
    }

    @Test
    void nullableColumnsFillNotNullOnesAsLongAsNoValueIsNull() {
        String rows =
                "SELECT IF(id < 0, NULL, id) AS id, array(named_struct('x', IF(id < 0, NULL, id))) AS a FROM range(3)";

        Dataset<Row> fitted = enforce("id BIGINT NOT NULL, a ARRAY<STRUCT<x: BIGINT NOT NULL>>", rows);

        assertThat(fitted.count()).isEqualTo(3);
        assertThat(fitted.collectAsList()).extracting(Row::toString).contains("[0,ArraySeq([0])]");
    }

    @Test
    void aNullInANotNullColumnFailsAndTheColumnIsNamed() {
        assertThat(failureOf("id BIGINT NOT NULL", "SELECT IF(id = 2, NULL, id) AS id FROM range(3)"))
                .hasMessage("NULL in a NOT NULL column: id of orders;"
                        + " leave such rows out, or send them to the dead letters by an expectation");
        assertThat(failureOf(
                        "m MAP<STRING, STRUCT<x: ARRAY<INT NOT NULL>>>"
                                .replace("INT NOT NULL", "STRUCT<y: INT NOT NULL>"),
                        "SELECT map('k', named_struct('x', array(named_struct('y', CAST(NULL AS INT))))) AS m"))
                .hasMessage("NULL in a NOT NULL column: m.value.x.element.y of orders;"
                        + " leave such rows out, or send them to the dead letters by an expectation");
    }

    @Test
    void elementsAndValuesThatMustNotBeNullAreChecked() {
        StructType target = new StructType()
                .add("a", DataTypes.createArrayType(DataTypes.IntegerType, false))
                .add("m", DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType, false));

        assertThat(failureOf(target, "SELECT array(1, NULL) AS a, map('k', 1) AS m"))
                .hasMessageStartingWith("NULL in a NOT NULL column: a.element of orders;");
        assertThat(failureOf(target, "SELECT array(1) AS a, map('k', CAST(NULL AS INT)) AS m"))
                .hasMessageStartingWith("NULL in a NOT NULL column: m.value of orders;");
    }

    @Test
    void otherFailuresAreNotTakenForNulls() {
        Throwable thrown = catchThrowable(
                () -> enforce("id BIGINT", "SELECT raise_error('no') AS id").count());

        assertThat(RowError.in(new IllegalStateException("other", thrown))).isEmpty();
    }

    @Test
    void rowsDeclaredNotNullAreNotChecked() {
        Dataset<Row> fitted = enforce("id BIGINT NOT NULL", "SELECT id AS ID FROM range(3)");

        assertThat(fitted.queryExecution().optimizedPlan().toString()).doesNotContain("raise_error");
    }

    private Dataset<Row> enforce(String target, String rows) {
        return SchemaEnforcement.of("orders", StructType.fromDDL(target)).apply(spark.sql(rows));
    }

    private MillraceException failureOf(String target, String rows) {
        return failureOf(StructType.fromDDL(target), rows);
    }

    private MillraceException failureOf(StructType target, String rows) {
        Dataset<Row> fitted = SchemaEnforcement.of("orders", target).apply(spark.sql(rows));
        Throwable thrown = catchThrowable(fitted::collectAsList);
        assertThat(thrown).isNotNull();
        MillraceException failure = RowError.in(thrown).orElseThrow();
        assertThat(failure.kind()).isEqualTo(MillraceException.Kind.USER);
        return failure;
    }
}
