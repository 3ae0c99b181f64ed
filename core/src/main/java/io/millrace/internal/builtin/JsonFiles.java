package io.millrace.internal.builtin;

import static org.apache.spark.sql.functions.btrim;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;

import io.millrace.internal.decode.JsonDecoder;
import io.millrace.internal.decode.JsonFileRecords;
import io.millrace.internal.spark.files.FolderColumns;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.internal.spark.text.TextLineNumbers;
import io.millrace.spi.DeadLetterStage;
import io.millrace.spi.ReadContext;
import io.millrace.spi.Rejection;
import io.millrace.spi.SourceColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Files with a JSON object on each line, or with records over several lines. They are read as text and decoded record by record: Spark's reader of
 * json files looks only at the columns that are used, and would call a record good whose other columns are not; and where a record goes over several
 * lines, it takes a file with one bad record for bad as a whole.
 */
public class JsonFiles extends DecodedFiles {

    private static final String RECORD = "_record";
    private static final String PROBLEM = "_problem";
    private static final Set<String> OWN = Set.of(RECORD, FILE, SPLIT, NUMBER, POSITION, PROBLEM);
    private static final String MALFORMED = "_malformed";

    /** Reads the files of a model. */
    public JsonFiles(FilesModel model) {
        super(model);
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        files(context).requireFiles();
        return records(FolderColumns.read(
                context.session().read().format("text").options(options(model().options())),
                model().path(),
                List.of()));
    }

    @Override
    public Dataset<Row> readStream(ReadContext context) {
        files(context).requirePath();
        return records(FolderColumns.stream(
                context.session().read().options(model().options()),
                context.session().readStream().format("text").options(options(FilesSource.streamOptions(model()))),
                model().path(),
                FileFormat.TEXT_COLUMNS,
                model().declaredNames()));
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> raw) {
        StructType schema = model().schema().orElseGet(() -> schemaOf(raw));
        JsonDecoder decoder = new JsonDecoder(schema, model().options(), model().multiLine() ? "record" : "line");
        Column bytes = col(RECORD);
        List<Column> columns = new ArrayList<>(columns(raw, schema, decoder));
        Column rejection = coalesce(
                Rejection.when(
                        col(PROBLEM).isNotNull(), DeadLetterStage.DECODE, JsonDecoder.MALFORMED_JSON, col(PROBLEM)),
                decoder.rejection(bytes, List.copyOf(columns)));
        columns.add(source(bytes));
        columns.add(rejection.as(Rejection.COLUMN));
        return decoder.parse(raw, bytes).select(columns.toArray(Column[]::new));
    }

    /** Spark's reader of text gives whole files, or lines. */
    protected final Map<String, String> options(Map<String, String> written) {
        Map<String, String> options = new HashMap<>(written);
        if (model().multiLine()) {
            options.put("wholetext", "true");
        }
        return options;
    }

    /** Makes records of the rows of that reader. */
    protected final Dataset<Row> records(Dataset<Row> texts) {
        Dataset<Row> placed = placed(texts.withColumnRenamed("value", RECORD));
        if (model().multiLine()) {
            return placed.withColumn(
                            RECORD,
                            explode(JsonFileRecords.OF_FILE.apply(col(RECORD).cast(DataTypes.BinaryType))))
                    .withColumn(POSITION, col(RECORD).getField(JsonFileRecords.LINE))
                    .withColumn(PROBLEM, col(RECORD).getField(JsonFileRecords.PROBLEM))
                    .withColumn(RECORD, col(RECORD).getField(JsonFileRecords.BYTES));
        }
        return placed.filter(length(btrim(col(RECORD), lit(" \t\r"))).gt(0))
                .withColumn(RECORD, col(RECORD).cast(DataTypes.BinaryType))
                .withColumn(PROBLEM, lit(null).cast(DataTypes.StringType));
    }

    @Override
    public Dataset<Row> withOriginals(Dataset<Row> rows) {
        Column source = col(SourceColumn.NAME);
        Column line = TextLineNumbers.of(
                storage(rows),
                model().options(),
                source.getField("path"),
                source.getField("split"),
                source.getField("record"));
        return rows.withColumn(
                SourceColumn.NAME, source.withField("position", coalesce(source.getField("position"), line)));
    }

    @Override
    List<Column> recorded(StructType folders) {
        return List.of(
                col("value").as(RECORD), lit(null).cast(DataTypes.StringType).as(PROBLEM));
    }

    @Override
    StructType folders(StructType records) {
        return new StructType(Stream.of(records.fields())
                .filter(field -> !OWN.contains(field.name()))
                .toArray(StructField[]::new));
    }

    private StructType schemaOf(Dataset<Row> raw) {
        StructType found = raw.sparkSession()
                .read()
                .options(model().options())
                .option("columnNameOfCorruptRecord", MALFORMED)
                .json(raw.select(col(RECORD).cast(DataTypes.StringType)).as(Encoders.STRING()))
                .schema();
        return new StructType(Stream.of(found.fields())
                .filter(field -> !field.name().equals(MALFORMED))
                .toArray(StructField[]::new));
    }

    /** The columns of the schema, then those of the folders ({@code day=2024-01-03}) it does not name. A folder's value goes before a line's. */
    private static List<Column> columns(Dataset<Row> raw, StructType schema, JsonDecoder decoder) {
        List<String> folders =
                Stream.of(raw.columns()).filter(name -> !OWN.contains(name)).toList();
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
