package io.millrace.internal.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.MillraceException;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Slice;
import io.millrace.spi.Source;
import io.millrace.spi.SparkErrors;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.TestModel;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MillraceSession.class)
class ValuesSourceTest {

    private final ReadContext context;

    ValuesSourceTest(SparkSession spark) {
        this.context = new ReadContext(spark, Slice.ALL);
    }

    @Test
    void rowsOfTheConfigurationAreRead() {
        Source source = TestModel.of(
                        """
                        schema = "id BIGINT, price DECIMAL(10,2), day DATE, tags ARRAY<STRING>, at STRUCT<x: INT>"
                        rows = [
                          { id = 1, price = 1.50, day = "2024-01-03", tags = [a, "ż"], at { x = 1 } }
                          { day = "2024-01-04", id = 2 }
                          {}
                        ]
                        """)
                .source(new ValuesPlugin());

        assertThat(source.description()).isEqualTo("3 rows of the configuration");
        assertThat(source.read(context).schema().toDDL())
                .isEqualTo("id BIGINT,price DECIMAL(10,2),day DATE,tags ARRAY<STRING>,at STRUCT<x: INT>");
        assertThat(source.read(context).collectAsList())
                .extracting(Row::json)
                .containsExactly(
                        "{\"id\":1,\"price\":1.50,\"day\":\"2024-01-03\",\"tags\":[\"a\",\"ż\"],\"at\":{\"x\":1}}",
                        "{\"id\":2,\"price\":null,\"day\":\"2024-01-04\",\"tags\":null,\"at\":null}",
                        "{\"id\":null,\"price\":null,\"day\":null,\"tags\":null,\"at\":null}");
    }

    @Test
    void aTextIsWhatIsWrittenAndANumberNeedsNoCertainSpelling() {
        Source source = TestModel.of(
                        """
                        schema = "id BIGINT, code STRING, codes ARRAY<STRING>, more MAP<STRING, STRING>, in STRUCT<c: STRING, n: INT>, d DOUBLE, p DECIMAL(10,2)"
                        rows = [
                          { id = 007, code = 007, codes = [1.50, 0815, true], more { a = 1e3 }, in { c = 1.0, n = 2.0 }, d = 1e3, p = 1.5 }
                          { id = "8", code = "1.10", codes = ["007"], more { a = "x" }, in { c = no, n = "3" }, d = "0.5", p = "1.50" }
                        ]
                        """)
                .source(new ValuesPlugin());

        assertThat(source.read(context).collectAsList())
                .extracting(Row::json)
                .containsExactly(
                        "{\"id\":7,\"code\":\"007\",\"codes\":[\"1.50\",\"0815\",\"true\"],\"more\":{\"a\":\"1e3\"},"
                                + "\"in\":{\"c\":\"1.0\",\"n\":2},\"d\":1000.0,\"p\":1.50}",
                        "{\"id\":8,\"code\":\"1.10\",\"codes\":[\"007\"],\"more\":{\"a\":\"x\"},"
                                + "\"in\":{\"c\":\"no\",\"n\":3},\"d\":0.5,\"p\":1.50}");
    }

    @Test
    void noRowsAreAllowed() {
        Source source = TestModel.of("schema = \"id INT\"").source(new ValuesPlugin());

        assertThat(source.read(context).collectAsList()).isEmpty();
    }

    @Test
    void whatIsWrittenWronglyIsSaidAtOnce() {
        assertThatThrownBy(() -> TestModel.of(
                                """
                                schema = "id BIGINT, name STRING"
                                rows = [
                                  { id = 1, nam = a }
                                  [2, b]
                                ]
                                """)
                        .source(new ValuesPlugin()))
                .hasMessage(
                        """
                        test.conf:3:13  rows[0].nam: is not a column; did you mean "name"? (known: id, name)
                        test.conf:4  rows[1]: must be an object { … }, not a list""");
    }

    @Test
    void aValueThatIsOfAnotherTypeIsShown() {
        Source source = TestModel.of("schema = \"id BIGINT, name STRING\", rows = [{ id = x, name = a }]")
                .source(new ValuesPlugin());

        assertThatThrownBy(() -> {
                    try {
                        source.read(context).collectAsList();
                    } catch (RuntimeException thrown) {
                        throw SparkErrors.of("test", thrown);
                    }
                })
                .isInstanceOf(MillraceException.class)
                .hasMessage("a row of the configuration does not fit the columns id BIGINT,name STRING:"
                        + " {\"id\":\"x\",\"name\":\"a\"}");
    }
}
