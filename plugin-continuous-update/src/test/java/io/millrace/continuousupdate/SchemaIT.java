package io.millrace.continuousupdate;

import static io.millrace.continuousupdate.TestTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ContinuousUpdate.OnTie;
import io.millrace.catalog.ContinuousUpdate.SchemaEvolution;
import io.millrace.spi.CommitOutcome.Committed;
import io.millrace.testkit.MillraceSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Columns of all kinds, and tables whose columns change. */
@ExtendWith(MillraceSession.class)
class SchemaIT {

    private final SparkSession spark;
    private final Path folder;

    SchemaIT(SparkSession spark, @TempDir Path folder) {
        this.spark = spark;
        this.folder = folder;
    }

    @Test
    void aTableThatEvolvesIsGivenNewColumnsAndFields() {
        TestTable table = new TestTable(spark, folder, "id BIGINT NOT NULL, place STRUCT<city: STRING>, number INT");
        ContinuousUpdate evolving = ContinuousUpdate.on(List.of("id"), "number")
                .schemaEvolution(SchemaEvolution.ADDITIVE)
                .build();
        table.commit(evolving, spark.sql("SELECT 1L AS id, struct('Rome' AS city) AS place, 1 AS number"));

        Committed second = table.commit(
                evolving,
                spark.sql(
                        "SELECT 2L AS id, struct('Oslo' AS city, '0150' AS zip) AS place, 1 AS number, 2.5D AS price"));
        Committed third = table.commit(
                evolving,
                spark.sql(
                        "SELECT 1L AS id, struct('Bari' AS city, string(null) AS zip, null AS void) AS place, 2 AS number, 1D AS price"));

        assertThat(table.content()).containsExactly("[1,[Bari,null],2,1.0]", "[2,[Oslo,0150],1,2.5]");
        assertThat(table.delta().toDF().schema().toDDL())
                .isEqualTo("id BIGINT NOT NULL,place STRUCT<city: STRING, zip: STRING>,number INT,price DOUBLE");
        assertThat(second.details()).containsEntry("columns-added", List.of("place.zip STRING", "price DOUBLE"));
        assertThat(third.details()).doesNotContainKey("columns-added");
    }

    @Test
    void rowsThatDoNotFitChangeNothing() {
        TestTable table = new TestTable(spark, folder, "id BIGINT, number INT");
        ContinuousUpdate evolving = ContinuousUpdate.on(List.of("id"), "number")
                .schemaEvolution(SchemaEvolution.ADDITIVE)
                .build();

        assertThat(table.refusal(evolving, spark.sql("SELECT 'one' AS id, 1 AS number, 2.5D AS price")))
                .isEqualTo(
                        """
                        the rows do not fit entity sales/orders/v1:
                          column  wanted  given
                          id      BIGINT  STRING  write CAST(id AS BIGINT)""");
        assertThat(table.delta().toDF().schema().toDDL()).isEqualTo("id BIGINT,number INT");
    }

    @Test
    void contentsWithMapsAndVariantsCanTie() {
        TestTable table = new TestTable(
                spark, folder, "id BIGINT, tags MAP<STRING, ARRAY<MAP<STRING, INT>>>, v VARIANT, number INT");
        ContinuousUpdate strict =
                ContinuousUpdate.on(List.of("id"), "number").onTie(OnTie.FAIL).build();
        String row =
                "SELECT 1L AS id, map('a', array(map('x', 1, 'y', 2)), 'b', null) AS tags, parse_json('{\"k\":1}') AS v,"
                        + " 1 AS number";
        String turned = "SELECT 1L AS id, map('b', null, 'a', array(map('y', 2, 'x', 1))) AS tags,"
                + " parse_json('{\"k\":1}') AS v, 1 AS number";
        String other = "SELECT 1L AS id, map('b', null, 'a', array(map('y', 3, 'x', 1))) AS tags,"
                + " parse_json('{\"k\":1}') AS v, 1 AS number";

        Committed committed = table.commit(strict, spark.sql(row + " UNION ALL " + turned));

        assertThat(committed.counts().collapsed()).isEqualTo(1);
        assertThat(table.refusal(strict, spark.sql(row + " UNION ALL " + other)))
                .isEqualTo("entity sales/orders/v1: the batch is refused\n"
                        + "  1 keys have different rows with the same greatest ordering (number), for example {\"id\":1};"
                        + " order them by something finer, or set onTie to pickOne or deadLetter");
    }

    @Test
    void aPartitionedTableIsPrunedByItsKeys() {
        TestTable table = new TestTable(spark, folder, "day DATE, id STRING, number INT", "day");
        ContinuousUpdate byDay = new ContinuousUpdate(List.of("day", "id"), "number");
        table.commit(
                byDay,
                spark.sql(
                        "SELECT date_add(DATE'2024-01-01', int(id)) AS day, string(id) AS id, 1 AS number FROM range(4)"));

        Committed second = table.commit(byDay, spark.sql("SELECT DATE'2024-01-03' AS day, '2' AS id, 2 AS number"));

        assertThat(second.details())
                .containsEntry("files-in-table", 4L)
                .containsEntry("files-candidate", 1L)
                .containsEntry("files-rewritten", 1L)
                .containsEntry("pruning", "by key range: day from 2024-01-03 to 2024-01-03, id from 2 to 2");
        assertThat(table.content())
                .containsExactly("[2024-01-01,0,1]", "[2024-01-02,1,1]", "[2024-01-03,2,2]", "[2024-01-04,3,1]");
    }

    /** Spark reads it with blanks at the end, with which it is not kept. */
    @Test
    void aKeyOfAFixedLengthFindsItsRow() {
        TestTable table = new TestTable(spark, folder, "code CHAR(4), number INT");
        ContinuousUpdate byCode = new ContinuousUpdate(List.of("code"), "number");
        table.commit(byCode, spark.sql("SELECT 'ab' AS code, 1 AS number"));

        Committed second = table.commit(byCode, spark.sql("SELECT 'ab' AS code, 2 AS number"));

        assertThat(table.content()).containsExactly("[ab  ,2]");
        assertThat(second.details()).containsEntry("pruning", "none: the keys have no range to leave files out by");
        assertThat(KeyRange.possible(
                        List.of("code", "price"), table.delta().toDF().schema().add("price", DataTypes.DoubleType)))
                .containsExactly(
                        "no files can be left out by code: values of CHAR are not kept as they are read",
                        "no files can be left out by price: formats do not agree where NaN and -0.0 are in a range of DOUBLE");
    }

    @Test
    void columnsWithOddNamesAreFine() {
        TestTable table = new TestTable(spark, folder, "`my.id` BIGINT, `a.b` STRING, `t``x` INT");
        ContinuousUpdate odd = new ContinuousUpdate(List.of("my.id"), "`t``x`");

        table.commit(odd, table.rows("`my.id` BIGINT, `a.b` STRING, `t``x` INT", row(1L, "a", 1), row(1L, "b", 2)));
        table.commit(odd, table.rows("`my.id` BIGINT, `a.b` STRING, `t``x` INT", row(1L, "c", 1), row(2L, "d", 2)));

        assertThat(table.content()).containsExactly("[1,b,2]", "[2,d,2]");
    }

    @Test
    void whatCannotWorkIsRefusedWithAReason() {
        TestTable table = new TestTable(spark, folder, "id BIGINT, number INT, tags MAP<STRING, INT>");
        var rows = spark.sql("SELECT 1L AS id, 1 AS number, map('a', 1) AS tags");

        assertThat(table.refusal(new ContinuousUpdate(List.of("key", "ID"), "number"), rows))
                .isEqualTo("entity sales/orders/v1 has no column key to serve as a key; it has id, number, tags");
        assertThat(table.refusal(new ContinuousUpdate(List.of("id"), "tags"), rows))
                .isEqualTo(
                        "orderingExpression \"tags\" yields MAP<STRING, INT>, of which neither is the greater; order by"
                                + " something comparable");
        assertThat(table.refusal(new ContinuousUpdate(List.of("id"), "rand()"), rows))
                .isEqualTo(
                        "orderingExpression \"rand()\" yields something else each time; it must depend on the row alone");
        assertThat(table.refusal(new ContinuousUpdate(List.of("id"), "nmber"), rows))
                .isEqualTo(
                        "orderingExpression \"nmber\" cannot be evaluated on the rows: A column, variable, or function"
                                + " parameter with name `nmber` cannot be resolved. Did you mean one of the following? [`number`,"
                                + " `id`, `tags`].\n  columns of the rows: id, number, tags");
        assertThat(table.refusal(
                        ContinuousUpdate.on(List.of("id"), "number")
                                .orderingColumn("TAGS")
                                .build(),
                        rows))
                .isEqualTo(
                        "entity sales/orders/v1: orderingColumn TAGS is MAP<STRING, INT>, but orderingExpression yields"
                                + " INT; name another column, or cast the expression");
    }
}
