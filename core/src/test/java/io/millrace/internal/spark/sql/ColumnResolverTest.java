package io.millrace.internal.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnResolverTest {

    private static final Map<String, StructType> VIEWS = Map.of(
            "orders",
            columns(
                    "id BIGINT NOT NULL, customer STRING, price DECIMAL(10,2), items ARRAY<STRUCT<sku: STRING>>, place STRUCT<city: STRING>, tags MAP<STRING, INT>, at TIMESTAMP"),
            "customers",
            columns("customer STRING, segment STRING"));

    private final ColumnResolver resolver = new ColumnResolver(Map.of());

    private static StructType columns(String ddl) {
        try {
            return SqlSyntax.schema(ddl);
        } catch (SqlSyntax.SyntaxException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT *, to_date(at) AS day FROM orders WHERE at > :run_date",
                "SELECT customers.segment, ORDERS.Customer FROM Orders NATURAL JOIN customers",
                "SELECT id, t.sku, k, v FROM orders LATERAL VIEW explode(items) AS t LATERAL VIEW explode(tags) m AS k, v",
                "SELECT o.id, e.item.sku FROM orders o, LATERAL explode(o.items) AS e(item)",
                "SELECT transform(items, i -> i.sku || customer) AS skus FROM orders",
                "SELECT price AS p, p + 1 AS more FROM orders",
                "SELECT customer AS c, count(*) AS n FROM orders GROUP BY c HAVING n > 1 ORDER BY n",
                "SELECT tags.any, tags['x'], place['city'] FROM orders",
                "WITH orders AS (SELECT 1 AS mine) SELECT mine FROM orders",
                "SELECT * FROM orders PIVOT (sum(price) FOR customer IN ('a', 'b'))",
                "SELECT o.id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.customer = o.customer AND o.place.city = c.segment)",
                "SELECT array_contains(:partitions, CAST(id AS INT)) AS mine FROM orders WHERE at >= :window_start AND at < :window_end",
                "FROM orders |> WHERE price > 1 |> AGGREGATE sum(price) AS total GROUP BY customer",
                "SELECT x.a FROM (SELECT from_json(customer, 'a INT') AS x FROM orders)"
            })
    void columnsThatAreThereAreResolved(String sql) {
        ResolvedColumns resolved = resolver.query(sql, VIEWS);

        assertThat(resolved.problems()).isEmpty();
        assertThat(resolved.columns()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT my_function(id, nothing) FROM orders",
                "SELECT * FROM elsewhere.table_of_a_catalog",
                "SELECT nothing FROM my_table_function(1)",
                "SELECT _metadata.file_path FROM orders"
            })
    void nothingIsSaidOfWhatOnlyARunKnows(String sql) {
        assertThat(resolver.query(sql, VIEWS)).isEqualTo(ResolvedColumns.NOTHING);
    }

    @Test
    void allThatIsWrongWithAQueryIsFoundAtOnce() {
        String sql = "SELECT o.prise AS p, itms, place.cty FROM orders o JOIN customers c USING (custmer)"
                + " WHERE nothing_like_it > 1 ORDER BY segmnt";

        assertThat(resolver.query(sql, VIEWS).problems())
                .extracting(problem -> problem.name() + " at " + problem.offset())
                .containsExactly(
                        "custmer at " + sql.indexOf("custmer)"), "nothing_like_it at " + sql.indexOf("nothing"));
        assertThat(resolver.query(sql.replace("nothing_like_it", "price"), VIEWS)
                        .problems())
                .extracting(ColumnProblem::name)
                .containsExactly("o.prise", "itms", "place.cty", "custmer", "segmnt");
    }

    @Test
    void whatWasMeantStandsForWhatIsNotThere() {
        assertThat(resolver.query("SELECT prise FROM orders", VIEWS).columns().map(StructType::toDDL))
                .contains("price DECIMAL(10,2)");
        assertThat(resolver.query("SELECT nothing_like_it FROM orders", VIEWS).columns())
                .isEmpty();
    }

    @Test
    void aColumnOfTwoViewsIsAmbiguous() {
        assertThat(resolver.query("SELECT customer FROM orders, customers", VIEWS)
                        .problems())
                .extracting(ColumnProblem::message)
                .containsExactly(
                        "there are several columns customer; write one of customers.customer, orders.customer");
    }

    @Test
    void settingsHoldAsInARun() {
        ColumnResolver strict = new ColumnResolver(Map.of("spark.sql.caseSensitive", "true"));

        assertThat(strict.query("SELECT Customer FROM orders", VIEWS).problems())
                .extracting(ColumnProblem::message)
                .containsExactly(
                        "there is no column Customer; did you mean \"customer\"? (known: at, customer, id, items, place, price, tags)");
    }
}
