package io.millrace.builtin;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.millrace.spark.ColumnNames;
import io.millrace.spark.FolderColumns;
import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Rejection;
import io.millrace.spi.SourceColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * CSV files. A record's original text is known only where it could not be read; of the others {@link SourceColumn} holds the path. With a header,
 * its names are compared with the schema's.
 */
final class CsvFiles extends DecodedFiles {

    private static final String FILE = "_file";
    private static final String MALFORMED = "_malformed";

    CsvFiles(FilesModel model) {
        super(model);
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        files(context).requireFiles();
        StructType schema = model().schema().orElseGet(() -> schemaOfFiles(context));
        return FolderColumns.read(
                        context.session()
                                .read()
                                .format("csv")
                                .schema(schema.add(MALFORMED, "string"))
                                .options(options(model().options())),
                        model().path(),
                        List.of(schema.fieldNames()))
                .withColumn(FILE, col("_metadata.file_path"));
    }

    @Override
    public Dataset<Row> readStream(ReadContext context) {
        files(context).requirePath();
        return FolderColumns.stream(
                        context.session().read().options(model().options()),
                        context.session()
                                .readStream()
                                .format("csv")
                                .options(options(FilesSource.streamOptions(model()))),
                        model().path(),
                        model().schema().orElseThrow().add(MALFORMED, "string"),
                        model().declaredNames())
                .withColumn(FILE, col("_metadata.file_path"));
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> raw) {
        List<String> names = Stream.of(raw.columns())
                .filter(name -> !name.equals(MALFORMED) && !name.equals(FILE))
                .toList();
        List<Column> columns =
                new ArrayList<>(names.stream().map(ColumnNames::column).toList());
        columns.add(SourceColumn.of(
                        Map.of("path", col(FILE), "value", col(MALFORMED).cast(DataTypes.BinaryType)))
                .as(SourceColumn.NAME));
        Column reason = lit("the record does not fit the columns " + String.join(", ", names));
        columns.add(Rejection.when(malformed(names), DeadLetterStage.DECODE, "MALFORMED_CSV", reason)
                .as(Rejection.COLUMN));
        return raw.select(columns.toArray(Column[]::new));
    }

    /** Spark converts only columns that are used and would call a record good whose other columns are not; so all of them are used here. */
    private Column malformed(List<String> names) {
        Column all = xxhash64(names.stream().map(ColumnNames::column).toArray(Column[]::new));
        Column malformed =
                when(col(MALFORMED).isNotNull(), pmod(all, lit(1)).equalTo(0)).otherwise(false);
        return required().map(name -> ColumnNames.column(name).isNull()).reduce(malformed, Column::or);
    }

    private Stream<String> required() {
        return model().schema().stream()
                .flatMap(schema -> Stream.of(schema.fields()))
                .filter(field -> !field.nullable())
                .map(StructField::name);
    }

    private StructType schemaOfFiles(ReadContext context) {
        return FolderColumns.read(
                        context.session()
                                .read()
                                .format("csv")
                                .option("inferSchema", true)
                                .options(model().options()),
                        model().path(),
                        List.of())
                .schema();
    }

    private static Map<String, String> options(Map<String, String> written) {
        Map<String, String> options = new HashMap<>();
        options.put("enforceSchema", "false"); // compares the header instead of believing it
        options.putAll(written);
        options.put("mode", "PERMISSIVE");
        options.put("columnNameOfCorruptRecord", MALFORMED);
        options.put("columnPruning", "false");
        return options;
    }
}
