package io.millrace.internal.builtin;

import static org.apache.spark.sql.functions.col;

import io.millrace.spi.Batch;
import io.millrace.spi.BatchId;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Rejection;
import io.millrace.spi.RunMode;
import io.millrace.spi.Sink;
import io.millrace.spi.Slice;
import io.millrace.spi.Source;
import io.millrace.spi.SourceColumn;
import io.millrace.spi.StreamingSource;
import io.millrace.testkit.MillraceSession;
import io.millrace.testkit.NoDeadLetters;
import io.millrace.testkit.TestModel;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tests of files as inputs have in common: a folder, and models of what lies in it. */
@ExtendWith(MillraceSession.class)
abstract class InputFolder {

    final SparkSession spark;
    final ReadContext context;
    final Path folder;

    InputFolder(SparkSession spark, Path folder) {
        this.spark = spark;
        this.context = new ReadContext(spark, Slice.ALL);
        this.folder = folder;
    }

    final Source source(String path, String model) {
        return TestModel.of("path = \"" + in(path) + "\", " + model).source(new FilesPlugin());
    }

    final Dataset<Row> stream(Source source) {
        return ((StreamingSource) source).readStream(context);
    }

    final Dataset<Row> decoded(Source source) {
        return ((DecodingSource) source).decode(source.read(context));
    }

    /** Returns all records as they would become dead letters, with what is looked up for these alone. */
    final Dataset<Row> withOriginals(Source source) {
        return ((DecodingSource) source).withOriginals(decoded(source));
    }

    /** Returns for each record, good or bad, its file within the folder, its line, and its text. */
    final List<String> places(Source source) {
        return withOriginals(source)
                .select("_source.path", "_source.position", "_source.value", Rejection.COLUMN)
                .collectAsList()
                .stream()
                .map(row -> folder.toUri()
                                .relativize(URI.create(row.getString(0).replaceFirst("^file:/+", "file:/")))
                        + ":" + row.get(1) + " "
                        + (row.isNullAt(2) ? "unknown" : new String(row.<byte[]>getAs(2), StandardCharsets.UTF_8)))
                .toList();
    }

    /** Writes rows as one batch of a run. */
    final void write(String path, String model, Dataset<Row> rows) {
        Sink sink = TestModel.of("path = \"" + in(path) + "\", " + model).sink(new FilesPlugin(), RunMode.BATCH);
        sink.write(new Batch(new BatchId(TestModel.OUTPUT, "run", 0), rows, RunMode.BATCH, new NoDeadLetters()));
    }

    static List<String> good(Dataset<Row> decoded) {
        return decoded
                .filter(col(Rejection.COLUMN).isNull())
                .drop(SourceColumn.NAME, Rejection.COLUMN)
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
    }

    static List<String> rejected(Dataset<Row> decoded) {
        return decoded
                .filter(col(Rejection.COLUMN).isNotNull())
                .selectExpr("coalesce(CAST(_source.value AS STRING), 'null') || ' | ' || _rejected.stage || ' ' ||"
                        + " _rejected.reason_code || ' ' || _rejected.reason")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    final String in(String path) {
        return folder.resolve(path).toString();
    }

    final void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
