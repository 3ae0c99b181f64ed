package io.millrace.internal.builtin;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_csv;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.millrace.internal.spark.files.FolderColumns;
import io.millrace.internal.spark.sql.ColumnNames;
import io.millrace.internal.spark.text.CsvMismatches;
import io.millrace.internal.spark.text.CsvRecords;
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
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * CSV files. Spark gives the original text only of records that it could not read; that of others is looked for in the file, where it is asked for.
 * With a header, its names are compared with the schema's.
 */
final class CsvFiles extends DecodedFiles {

    private static final String MALFORMED = "_malformed";
    private static final String TEXT = "_text";
    private static final String FOUND = "_found";
    private static final Set<String> OWN = Set.of(MALFORMED, TEXT, FILE, SPLIT, NUMBER, POSITION);

    CsvFiles(FilesModel model) {
        super(model);
    }

    @Override
    public Dataset<Row> read(ReadContext context) {
        files(context).requireFiles();
        StructType schema = model().schema().orElseGet(() -> schemaOfFiles(context));
        return records(FolderColumns.read(
                context.session()
                        .read()
                        .format("csv")
                        .schema(schema.add(MALFORMED, "string"))
                        .options(options(model().options())),
                model().path(),
                List.of(schema.fieldNames())));
    }

    @Override
    public Dataset<Row> readStream(ReadContext context) {
        files(context).requirePath();
        return records(FolderColumns.stream(
                context.session().read().options(model().options()),
                context.session().readStream().format("csv").options(options(FilesSource.streamOptions(model()))),
                model().path(),
                model().schema().orElseThrow().add(MALFORMED, "string"),
                model().declaredNames()));
    }

    @Override
    public Dataset<Row> decode(Dataset<Row> raw) {
        StructType row = columns(raw);
        List<String> names = List.of(row.fieldNames());
        List<Column> columns =
                new ArrayList<>(names.stream().map(ColumnNames::column).toList());
        Column reason = CsvMismatches.of(row, fields(raw), options(model().options()), timeZone(raw))
                .apply(col(MALFORMED), struct(columns.toArray(Column[]::new)));
        columns.add(source(coalesce(col(TEXT), col(MALFORMED)).cast(DataTypes.BinaryType)));
        columns.add(Rejection.when(malformed(names), DeadLetterStage.DECODE, "MALFORMED_CSV", reason)
                .as(Rejection.COLUMN));
        return raw.select(columns.toArray(Column[]::new));
    }

    @Override
    List<Column> recorded(StructType folders) {
        StructType columns = new StructType();
        for (StructField field : model().schema().orElseThrow().fields()) {
            boolean folder = Stream.of(folders.fieldNames()).anyMatch(field.name()::equalsIgnoreCase);
            columns = folder ? columns : columns.add(field.name(), field.dataType());
        }
        StructType read = columns.add(MALFORMED, DataTypes.StringType);
        Column text = col("value").cast(DataTypes.StringType);
        Column record = from_csv(text, lit(read.toDDL()), options(model().options()));
        List<Column> recorded = new ArrayList<>();
        recorded.add(text.as(TEXT));
        for (String name : read.fieldNames()) {
            recorded.add(record.getField(name).as(name));
        }
        return recorded;
    }

    @Override
    StructType folders(StructType records) {
        List<StructField> behind = List.of(records.fields()).subList(records.fieldIndex(MALFORMED), records.length());
        return new StructType(
                behind.stream().filter(field -> !OWN.contains(field.name())).toArray(StructField[]::new));
    }

    /** The text of a record is known from the start only where it was a dead letter. */
    private static Dataset<Row> records(Dataset<Row> rows) {
        return placed(rows).withColumn(TEXT, lit(null).cast(DataTypes.StringType));
    }

    /** Each file is read once and forward, up to the last record that is looked for. */
    @Override
    public Dataset<Row> withOriginals(Dataset<Row> rows) {
        Column source = col(SourceColumn.NAME);
        Column[] place =
                Stream.of("path", "split", "record").map(source::getField).toArray(Column[]::new);
        Column text = col(FOUND).getField(CsvRecords.BYTES);
        Column same = coalesce(source.getField("value").startsWith(text), lit(true)); // else the file is another by now
        Column line = when(same, col(FOUND).getField(CsvRecords.LINE));
        return rows.repartition(source.getField("path"))
                .sortWithinPartitions(place)
                .withColumn(
                        FOUND,
                        CsvRecords.found(storage(rows), options(model().options()), timeZone(rows))
                                .apply(place))
                .withColumn(
                        SourceColumn.NAME,
                        source.withField("value", coalesce(source.getField("value"), text))
                                .withField("position", coalesce(source.getField("position"), line)))
                .drop(FOUND);
    }

    /** The columns of the rows: those of the files, then those of the folders. */
    private StructType columns(Dataset<Row> raw) {
        StructType columns = new StructType();
        for (StructField field : raw.schema().fields()) {
            if (!OWN.contains(field.name())) {
                columns = columns.add(
                        field.name(), field.dataType(), required().noneMatch(field.name()::equalsIgnoreCase));
            }
        }
        return columns;
    }

    /** How many columns stand in the files: Spark puts what folders make behind those that it reads. */
    private static int fields(Dataset<Row> raw) {
        return (int) Stream.of(raw.columns())
                .takeWhile(name -> !name.equals(MALFORMED))
                .filter(name -> !OWN.contains(name))
                .count();
    }

    private static String timeZone(Dataset<Row> rows) {
        return rows.sparkSession().conf().get("spark.sql.session.timeZone");
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
