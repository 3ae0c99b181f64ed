package io.millrace.builtin;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Delivery;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.testkit.SinkContract;
import io.millrace.testkit.SinkTarget;
import io.millrace.testkit.TestModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ConsoleSinkIT extends SinkContract {

    @Override
    protected SinkTarget target(StructType columns) {
        return new Printed(session(), columns, new ByteArrayOutputStream());
    }

    @Override
    protected Delivery delivery() {
        return Delivery.AT_LEAST_ONCE;
    }

    @Override
    protected String nameOf(SinkTarget target) {
        return "";
    }

    @Test
    void theFirstRowsArePrintedAndAllAreCounted() {
        Printed printed = (Printed) target(COLUMNS);
        Sink sink = printed.sink("rows = 2, truncate = 5");

        write(sink, batch(4), rows(0, 3).select("id", "name"));

        assertThat(sink.description()).isEqualTo("console, the first 2 rows of each batch");
        assertThat(printed.text())
                .isEqualTo(
                        """
                        shop/orders/target#run-1/4, 3 rows
                        +---+-----+
                        | id| name|
                        +---+-----+
                        |  0|za...|
                        |  1|za...|
                        +---+-----+
                        only showing top 2 rows
                        """);
    }

    @Override
    @Test
    protected void rowsThatDoNotFitAreRefusedWithEveryDifference() {
        printsRowsOfAnyColumns();
    }

    @Override
    @Test
    protected void surplusColumnsAreLeftOutAndCaseDoesNotMatter() {
        printsRowsOfAnyColumns();
    }

    @Override
    @Test
    protected void aNullWhereNoneMayBeIsRefused() {
        printsRowsOfAnyColumns();
    }

    @Override
    @Test
    protected void nestedValuesAndNullsComeBackAsTheyWere() {
        Printed printed = (Printed) target(NESTED);

        write(
                printed.sink(),
                batch(0),
                session().sql("SELECT named_struct('a', 1, 'b', NULL) AS s, map('k', array(1)) AS m"));

        assertThat(printed.text()).contains("|{1, NULL}|{k -> [1]}|");
    }

    private void printsRowsOfAnyColumns() {
        Printed printed = (Printed) target(COLUMNS);

        write(printed.sink(), batch(0), session().sql("SELECT NULL AS id, 'x' AS `Any Name`"));

        assertThat(printed.text()).contains("|  id|Any Name|").contains("|NULL|       x|");
    }

    private record Printed(SparkSession session, StructType columns, ByteArrayOutputStream bytes)
            implements SinkTarget {

        @Override
        public Sink sink() {
            return sink("rows = 1000, truncate = 1000");
        }

        Sink sink(String model) {
            PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
            return TestModel.of(model).sink(new ConsolePlugin(out), RunMode.STREAM);
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        /** What is printed, without the headings, as values of the columns. */
        @Override
        public List<Row> rows() {
            List<String> lines = text().lines()
                    .filter(line -> line.startsWith("|") && !line.matches("\\|\\s*id\\s*\\|.*"))
                    .toList();
            Column cells = functions.split(col("value"), "\\|");
            Column[] values = Stream.of(columns.fields())
                    .map(field -> functions
                            .nullif(
                                    functions.trim(cells.getItem(columns.fieldIndex(field.name()) + 1)),
                                    functions.lit("NULL"))
                            .cast(field.dataType())
                            .as(field.name()))
                    .toArray(Column[]::new);
            return session.createDataset(lines, Encoders.STRING())
                    .select(values)
                    .collectAsList();
        }
    }
}
