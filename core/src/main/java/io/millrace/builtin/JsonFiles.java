package io.millrace.builtin;

import static org.apache.spark.sql.functions.btrim;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;

import io.millrace.decode.JsonDecoder;
import io.millrace.spark.ColumnNames;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Rejection;
import io.millrace.spi.SourceColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Files with a JSON object on each line. They are read as text and decoded by {@code from_json}: Spark's reader of json files looks only at the
 * columns that are used, and would call a line good whose other columns are not.
 */
final class JsonFiles extends DecodedFiles {

    private static final String LINE = "_line";
    private static final String FILE = "_file";
    private static final String MALFORMED = "_malformed";

    JsonFiles(FilesModel model) {
        super(model);
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        files(context).requireFiles();
        return records(context.session()
                .read()
                .format("text")
                .options(model().options())
                .load(model().path()));
    }

    @Override
    public Dataset<Row> readStream(ReadContext context) {
        files(context).requirePath();
        return records(context.session()
                .readStream()
                .format("text")
                .options(FilesSource.streamOptions(model()))
                .load(model().path()));
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> raw) {
        StructType schema = model().schema().orElseGet(() -> schemaOf(raw));
        JsonDecoder decoder = new JsonDecoder(schema, model().options(), "line");
        Column bytes = col(LINE).cast(DataTypes.BinaryType);
        List<Column> columns = new ArrayList<>(columns(raw, schema, decoder));
        Column rejection = decoder.rejection(bytes, List.copyOf(columns));
        columns.add(SourceColumn.of(Map.of("path", col(FILE), "value", bytes)).as(SourceColumn.NAME));
        columns.add(rejection.as(Rejection.COLUMN));
        return decoder.parse(raw, col(LINE)).select(columns.toArray(Column[]::new));
    }

    private static Dataset<Row> records(Dataset<Row> lines) {
        return lines.withColumnRenamed("value", LINE)
                .withColumn(FILE, col("_metadata.file_path"))
                .filter(length(btrim(col(LINE), lit(" \t\r"))).gt(0));
    }

    private StructType schemaOf(Dataset<Row> raw) {
        StructType found = raw.sparkSession()
                .read()
                .options(model().options())
                .option("columnNameOfCorruptRecord", MALFORMED)
                .json(raw.select(LINE).as(Encoders.STRING()))
                .schema();
        return new StructType(Stream.of(found.fields())
                .filter(field -> !field.name().equals(MALFORMED))
                .toArray(StructField[]::new));
    }

    /** The columns of the schema, then those of the folders ({@code day=2024-01-03}) it does not name. A folder's value goes before a line's. */
    private static List<Column> columns(Dataset<Row> raw, StructType schema, JsonDecoder decoder) {
        List<String> folders = Stream.of(raw.columns())
                .filter(name -> !name.equals(LINE) && !name.equals(FILE))
                .toList();
        List<Column> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            Column value = folders.stream()
                    .filter(field.name()::equalsIgnoreCase)
                    .findFirst()
                    .map(folder -> ColumnNames.column(folder).cast(field.dataType()))
                    .orElseGet(() -> decoder.field(field.name()));
            columns.add(value.as(field.name()));
        }
        List<String> named = Stream.of(schema.fieldNames()).toList();
        folders.stream()
                .filter(folder -> named.stream().noneMatch(folder::equalsIgnoreCase))
                .forEach(folder -> columns.add(ColumnNames.column(folder)));
        return columns;
    }
}
