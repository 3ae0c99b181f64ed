package io.millrace.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Rejection;
import io.millrace.spi.SourceColumn;
import io.millrace.spi.StreamingSource;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Lines of text that should be whole numbers. */
record NumbersSource(Path folder) implements DecodingSource, StreamingSource {

    @Override
    public String description() {
        return "numbers in " + folder;
    }

    @Override
    public boolean streamsByDefault() {
        return true;
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        return context.session().read().text(folder.toString());
    }

    @Override
    public Dataset<Row> readStream(ReadContext context) {
        return context.session().readStream().option("maxFilesPerTrigger", 1).text(folder.toString());
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> raw) {
        return raw.select(
                col("value").try_cast("bigint").as("n"),
                SourceColumn.of(Map.of("value", col("value").cast("binary"))).as(SourceColumn.NAME),
                Rejection.when(
                                col("value").try_cast("bigint").isNull(),
                                DeadLetterStage.DECODE,
                                "NOT_A_NUMBER",
                                concat(lit("not a number: "), col("value")))
                        .as(Rejection.COLUMN));
    }
}
