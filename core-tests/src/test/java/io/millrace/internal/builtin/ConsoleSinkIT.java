package io.millrace.internal.builtin;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ConsoleSinkIT extends SinkContract {

    private static final String ALL = "rows = 1000, truncate = 1000";

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

    @Test
    void rowsOfAnyColumnsArePrinted() {
        Printed printed = (Printed) target(COLUMNS);

        write(printed.sink(), batch(0), session().sql("SELECT NULL AS id, 'x' AS `Any Name`"));

        assertThat(printed.text()).contains("|  id|Any Name|").contains("|NULL|       x|");
    }

    @Override
    protected Map<String, Function<SinkTarget, Sink>> breaking() {
        return Map.of(
                "before it prints", target -> ((Printed) target).dying(false),
                "after it has printed", target -> ((Printed) target).dying(true));
    }

    @Override
    protected Optional<Mismatches> mismatches() {
        return Optional.empty();
    }

    @Override
    protected List<String> nestedAsShown(List<Row> written) {
        return List.of("[1,{1, x},[{1}, {NULL}],{k -> 1}]", "[2,{NULL, NULL},[],{k -> NULL}]", "[null,null,null,null]");
    }

    /** Dies when a text is printed, or has been. */
    private static final class DyingStream extends PrintStream {

        private final boolean prints;

        DyingStream(ByteArrayOutputStream bytes, boolean prints) {
            super(bytes, true, StandardCharsets.UTF_8);
            this.prints = prints;
        }

        @Override
        public void print(String text) {
            if (prints) {
                super.print(text);
            }
            throw new StackOverflowError("the end of the console");
        }
    }

    private record Printed(SparkSession session, StructType columns, ByteArrayOutputStream bytes)
            implements SinkTarget {

        @Override
        public Sink sink() {
            return sink(ALL);
        }

        Sink sink(String model) {
            return sink(model, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        }

        Sink sink(String model, PrintStream out) {
            return TestModel.of(model).sink(new ConsolePlugin(out), RunMode.STREAM);
        }

        Sink dying(boolean printed) {
            return sink(ALL, new DyingStream(bytes, printed));
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        /** What is printed, as values of the columns: of each table the line after its first border names them. Nested values stay as printed. */
        @Override
        public List<Row> rows() {
            List<Row> cells = new ArrayList<>();
            List<String> heading = List.of();
            String before = "";
            for (String line : text().lines().toList()) {
                if (line.startsWith("|") && before.startsWith("+") && heading.isEmpty()) {
                    heading = cells(line)
                            .map(name -> name.toLowerCase(Locale.ROOT))
                            .toList();
                } else if (line.startsWith("|")) {
                    cells.add(row(heading, cells(line).toList()));
                } else if (!line.startsWith("+")) {
                    heading = List.of();
                }
                before = line;
            }
            StructType texts = new StructType();
            for (StructField field : columns.fields()) {
                texts = texts.add(field.name(), DataTypes.StringType);
            }
            return session.createDataFrame(cells, texts)
                    .select(Stream.of(columns.fields()).map(Printed::typed).toArray(Column[]::new))
                    .collectAsList();
        }

        private Row row(List<String> heading, List<String> values) {
            return RowFactory.create(Stream.of(columns.fields())
                    .map(field -> heading.indexOf(field.name().toLowerCase(Locale.ROOT)))
                    .map(index -> index < 0 || values.get(index).equals("NULL") ? null : values.get(index))
                    .toArray());
        }

        private static Stream<String> cells(String line) {
            return Stream.of(line.substring(1).split("\\|")).map(String::strip);
        }

        private static Column typed(StructField field) {
            boolean nested = field.dataType() instanceof StructType
                    || field.dataType() instanceof ArrayType
                    || field.dataType() instanceof MapType;
            return nested ? col(field.name()) : col(field.name()).cast(field.dataType());
        }
    }
}
